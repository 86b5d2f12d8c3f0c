// A winscard.dll that answers as the environment says, for errors that no
// virtual reader can be made to show. It is asked again at every call, so a
// test may change its mind.
//
//   YOMITORI_SCARD_READER    name of the one reader; without it there is none
//   YOMITORI_SCARD_INSTANCE  its device instance id
//   YOMITORI_SCARD_STATE     its SCARD_STATE_ bits in hex; without it, a card is in
//   YOMITORI_SCARD_FAIL_X    code in hex with which a function fails: X is
//                            ESTABLISH, LIST, STATUS, CONNECT, BEGIN, TRANSMIT
//
// The card answers every command with 6A82, file not found.
#define WINSCARDAPI  // what the header declares is defined here
#define WINSCARDDATA
#include <windows.h>
#include <winscard.h>

enum { LONGEST = 256 };

const SCARD_IO_REQUEST g_rgSCardT0Pci = {SCARD_PROTOCOL_T0, sizeof(SCARD_IO_REQUEST)};
const SCARD_IO_REQUEST g_rgSCardT1Pci = {SCARD_PROTOCOL_T1, sizeof(SCARD_IO_REQUEST)};
const SCARD_IO_REQUEST g_rgSCardRawPci = {SCARD_PROTOCOL_RAW, sizeof(SCARD_IO_REQUEST)};

static const BYTE atr[] = {0x3B, 0x80, 0x80, 0x01, 0x01};

// text gives a variable, empty when it is not set, and its length.
static DWORD text(const wchar_t *variable, wchar_t value[LONGEST]) {
  value[0] = 0;
  DWORD n = GetEnvironmentVariableW(variable, value, LONGEST);
  return n < LONGEST ? n : 0;
}

static DWORD number(const wchar_t *variable, DWORD otherwise) {
  wchar_t value[LONGEST];
  return text(variable, value) ? wcstoul(value, NULL, 16) : otherwise;
}

// hand_out copies n letters by the rules of Windows: no buffer asks for the length.
static LONG hand_out(const wchar_t *from, DWORD n, LPWSTR to, LPDWORD length) {
  DWORD room = *length;
  *length = n;
  if (!to) return SCARD_S_SUCCESS;
  if (room < n) return SCARD_E_INSUFFICIENT_BUFFER;
  memcpy(to, from, n * sizeof *from);
  return SCARD_S_SUCCESS;
}

// A context is the event that cancels its wait.
LONG WINAPI SCardEstablishContext(DWORD scope, LPCVOID r1, LPCVOID r2, LPSCARDCONTEXT context) {
  DWORD failure = number(L"YOMITORI_SCARD_FAIL_ESTABLISH", SCARD_S_SUCCESS);
  if (!failure) *context = (SCARDCONTEXT)CreateEventW(NULL, FALSE, FALSE, NULL);
  return failure;
}

LONG WINAPI SCardReleaseContext(SCARDCONTEXT context) { return CloseHandle((HANDLE)context) ? SCARD_S_SUCCESS : SCARD_E_INVALID_HANDLE; }

LONG WINAPI SCardIsValidContext(SCARDCONTEXT context) { return SCARD_S_SUCCESS; }

LONG WINAPI SCardCancel(SCARDCONTEXT context) { return SetEvent((HANDLE)context) ? SCARD_S_SUCCESS : SCARD_E_INVALID_HANDLE; }

LONG WINAPI SCardListReadersW(SCARDCONTEXT context, LPCWSTR groups, LPWSTR readers, LPDWORD length) {
  wchar_t name[LONGEST + 1] = {0};
  DWORD n = text(L"YOMITORI_SCARD_READER", name);
  LONG failure = number(L"YOMITORI_SCARD_FAIL_LIST", n ? SCARD_S_SUCCESS : SCARD_E_NO_READERS_AVAILABLE);
  return failure ? failure : hand_out(name, n + 2, readers, length);
}

LONG WINAPI SCardListReaderGroupsW(SCARDCONTEXT context, LPWSTR groups, LPDWORD length) {
  return hand_out(L"SCard$DefaultReaders\0", 22, groups, length);
}

// look fills in what a reader is like now and reports whether that is news.
static BOOL look(LPSCARD_READERSTATEW reader) {
  wchar_t name[LONGEST];
  DWORD n = text(L"YOMITORI_SCARD_READER", name), state;
  if (!wcscmp(reader->szReader, L"\\\\?PnP?\\Notification"))
    state = (n ? 1 : 0) << 16;
  else if (wcscmp(reader->szReader, name))
    state = SCARD_STATE_UNKNOWN;
  else
    state = number(L"YOMITORI_SCARD_STATE", SCARD_STATE_PRESENT);
  BOOL news = state != (reader->dwCurrentState & ~SCARD_STATE_CHANGED);
  reader->dwEventState = state | (news ? SCARD_STATE_CHANGED : 0);
  reader->cbAtr = state & SCARD_STATE_PRESENT ? sizeof atr : 0;
  memcpy(reader->rgbAtr, atr, reader->cbAtr);
  return news;
}

LONG WINAPI SCardGetStatusChangeW(SCARDCONTEXT context, DWORD limit, LPSCARD_READERSTATEW readers, DWORD n) {
  const DWORD pause = 10;
  for (DWORD waited = 0;; waited += pause) {
    DWORD failure = number(L"YOMITORI_SCARD_FAIL_STATUS", SCARD_S_SUCCESS);
    if (failure) return failure;
    BOOL news = FALSE;
    for (DWORD i = 0; i < n; i++) news |= look(&readers[i]);
    if (news) return SCARD_S_SUCCESS;
    if (waited >= limit) return SCARD_E_TIMEOUT;
    if (WaitForSingleObject((HANDLE)context, pause) == WAIT_OBJECT_0) return SCARD_E_CANCELLED;
  }
}

LONG WINAPI SCardConnectW(SCARDCONTEXT context, LPCWSTR reader, DWORD share, DWORD protocols, LPSCARDHANDLE card, LPDWORD protocol) {
  *card = 1;
  if (protocol) *protocol = SCARD_PROTOCOL_T1;
  return number(L"YOMITORI_SCARD_FAIL_CONNECT", SCARD_S_SUCCESS);
}

LONG WINAPI SCardReconnect(SCARDHANDLE card, DWORD share, DWORD protocols, DWORD initialization, LPDWORD protocol) { return SCARD_S_SUCCESS; }

LONG WINAPI SCardDisconnect(SCARDHANDLE card, DWORD disposition) { return SCARD_S_SUCCESS; }

LONG WINAPI SCardBeginTransaction(SCARDHANDLE card) { return number(L"YOMITORI_SCARD_FAIL_BEGIN", SCARD_S_SUCCESS); }

LONG WINAPI SCardEndTransaction(SCARDHANDLE card, DWORD disposition) { return SCARD_S_SUCCESS; }

LONG WINAPI SCardTransmit(SCARDHANDLE card, LPCSCARD_IO_REQUEST send, LPCBYTE command, DWORD length, LPSCARD_IO_REQUEST receive, LPBYTE answer, LPDWORD answer_length) {
  DWORD failure = number(L"YOMITORI_SCARD_FAIL_TRANSMIT", SCARD_S_SUCCESS);
  if (failure) return failure;
  if (*answer_length < 2) return SCARD_E_INSUFFICIENT_BUFFER;
  answer[0] = 0x6A, answer[1] = 0x82;
  *answer_length = 2;
  return SCARD_S_SUCCESS;
}

LONG WINAPI SCardGetReaderDeviceInstanceIdW(SCARDCONTEXT context, LPCWSTR reader, LPWSTR id, LPDWORD length) {
  wchar_t name[LONGEST], value[LONGEST];
  text(L"YOMITORI_SCARD_READER", name);
  if (!name[0] || wcscmp(reader, name)) return SCARD_E_UNKNOWN_READER;
  DWORD n = text(L"YOMITORI_SCARD_INSTANCE", value);
  return n ? hand_out(value, n + 1, id, length) : SCARD_E_READER_UNAVAILABLE;
}

// Half of a winscard.dll for Wine that is answered by the PC/SC service of
// Linux, so that a Windows program sees the readers of this computer.
//
// Wine takes its own winscard before any other Unix library of that name. So
// there is a winscard.dll in Windows form next to the program, which only
// forwards to pcscw.dll (forward.c), and this file becomes pcscw.dll.so. Each
// API(name) is exported as name; the lists of exports are made out of this file
// by .ci/wine.
//
// Windows calls with its own calling convention, 32-bit numbers and UTF-16;
// pcsc-lite has 64-bit numbers and bytes. No header of Wine is included: its
// types have the names of pcsc-lite's.
#include <reader.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <winscard.h>

#define API(name) __attribute__((ms_abi)) uint32_t windows_##name

typedef uint16_t wide;
typedef uint32_t dword;
typedef int64_t handle;

typedef struct {
  dword protocol, length;
} pci;

typedef struct {
  const wide *name;
  void *user;
  dword current, event, atr_length;
  uint8_t atr[36];
} reader_state;

enum {
  NAME = 132,      // longest reader name, with its end
  ATR = 33,        // longest ATR
  AT_ONCE = 17,    // readers in one wait: 16 and plug-and-play
  RAW = 0x10000,   // Windows' number of the raw protocol
  AUTO = -1,       // a length that asks for memory
  HANDLE_BAD = 6,  // ERROR_INVALID_HANDLE
  CTL_CODE = 0x31, // FILE_DEVICE_SMARTCARD
};

pci windows_g_rgSCardT0Pci = {SCARD_PROTOCOL_T0, sizeof(pci)};
pci windows_g_rgSCardT1Pci = {SCARD_PROTOCOL_T1, sizeof(pci)};
pci windows_g_rgSCardRawPci = {RAW, sizeof(pci)};

static dword to_protocol(dword p) { return (p & SCARD_PROTOCOL_ANY) | (p & RAW ? SCARD_PROTOCOL_RAW : 0); }
static dword from_protocol(dword p) { return p & SCARD_PROTOCOL_RAW ? RAW : p; }

// result translates the one code whose value differs.
static dword result(LONG code) {
  return (dword)code == (dword)SCARD_E_UNSUPPORTED_FEATURE ? 0x80100022 : (dword)code;
}

// narrow turns a reader's name into bytes; pcsc-lite has no others.
static char *narrow(const wide *from, char to[NAME]) {
  int i = 0;
  for (; from && from[i] && i < NAME - 1; i++) to[i] = (char)from[i];
  to[i] = 0;
  return to;
}

// hand_out copies n bytes to the caller, each as one element of size, by the
// rules of Windows: no buffer asks for the length, AUTO for memory.
static dword hand_out(const void *from, dword n, void *to, dword *length, size_t size) {
  if (!length) return (dword)SCARD_E_INVALID_PARAMETER;
  dword room = *length;
  *length = n;
  if (!to) return SCARD_S_SUCCESS;
  if (room == (dword)AUTO)
    to = *(void **)to = malloc(n * size);
  else if (room < n)
    return (dword)SCARD_E_INSUFFICIENT_BUFFER;
  for (dword i = 0; i < n; i++) {
    uint8_t byte = ((const uint8_t *)from)[i];
    if (size == sizeof(wide))
      ((wide *)to)[i] = byte;
    else
      ((uint8_t *)to)[i] = byte;
  }
  return SCARD_S_SUCCESS;
}

API(SCardEstablishContext)(dword scope, void *r1, void *r2, handle *context) {
  SCARDCONTEXT c = 0;
  dword r = result(SCardEstablishContext(scope, r1, r2, &c));
  *context = c;
  return r;
}

API(SCardReleaseContext)(handle context) { return result(SCardReleaseContext(context)); }

API(SCardIsValidContext)(handle context) {
  dword r = result(SCardIsValidContext(context));
  return r == (dword)SCARD_E_INVALID_HANDLE ? HANDLE_BAD : r;
}

API(SCardCancel)(handle context) { return result(SCardCancel(context)); }

API(SCardFreeMemory)(handle context, void *memory) {
  (void)context;
  free(memory);
  return SCARD_S_SUCCESS;
}

API(SCardListReadersW)(handle context, wide *groups, wide *readers, dword *length) {
  (void)groups;
  char names[4096];
  DWORD n = sizeof names;
  dword r = result(SCardListReaders(context, NULL, names, &n));
  return r ? r : hand_out(names, n, readers, length, sizeof(wide));
}

API(SCardListReaderGroupsW)(handle context, wide *groups, dword *length) {
  char names[512];
  DWORD n = sizeof names;
  dword r = result(SCardListReaderGroups(context, names, &n));
  return r ? r : hand_out(names, n, groups, length, sizeof(wide));
}

API(SCardGetStatusChangeW)(handle context, dword limit, reader_state *states, dword n) {
  SCARD_READERSTATE native[AT_ONCE] = {0};
  char names[AT_ONCE][NAME];
  if (n > AT_ONCE) return (dword)SCARD_E_INVALID_PARAMETER;
  for (dword i = 0; i < n; i++) {
    native[i].szReader = narrow(states[i].name, names[i]);
    native[i].dwCurrentState = states[i].current;
  }
  dword r = result(SCardGetStatusChange(context, limit, native, n));
  for (dword i = 0; i < n; i++) {
    states[i].event = native[i].dwEventState;
    states[i].atr_length = native[i].cbAtr;
    memset(states[i].atr, 0, sizeof states[i].atr);
    memcpy(states[i].atr, native[i].rgbAtr, ATR);
  }
  return r;
}

// A program may leave out where the protocol is told; piv-go does.
API(SCardConnectW)(handle context, wide *reader, dword share, dword protocols, handle *card, dword *protocol) {
  char name[NAME];
  SCARDHANDLE h = 0;
  DWORD active = 0;
  dword r = result(SCardConnect(context, narrow(reader, name), share, to_protocol(protocols), &h, &active));
  *card = h;
  if (protocol) *protocol = from_protocol(active);
  return r;
}

API(SCardReconnect)(handle card, dword share, dword protocols, dword initialization, dword *protocol) {
  DWORD active = 0;
  dword r = result(SCardReconnect(card, share, to_protocol(protocols), initialization, &active));
  if (protocol) *protocol = from_protocol(active);
  return r;
}

API(SCardDisconnect)(handle card, dword disposition) { return result(SCardDisconnect(card, disposition)); }

API(SCardBeginTransaction)(handle card) { return result(SCardBeginTransaction(card)); }

API(SCardEndTransaction)(handle card, dword disposition) { return result(SCardEndTransaction(card, disposition)); }

// windows_state turns pcsc-lite's bits into Windows' number.
static dword windows_state(DWORD bits) {
  static const DWORD order[] = {SCARD_ABSENT, SCARD_PRESENT, SCARD_SWALLOWED, SCARD_POWERED, SCARD_NEGOTIABLE, SCARD_SPECIFIC};
  for (int i = 5; i >= 0; i--)
    if (bits & order[i]) return i + 1;
  return 0;
}

API(SCardStatusW)(handle card, wide *names, dword *names_length, dword *state, dword *protocol, uint8_t *atr, dword *atr_length) {
  char name[2 * NAME] = {0};
  uint8_t bytes[ATR];
  DWORD n = sizeof name - 2, bits = 0, active = 0, k = sizeof bytes;
  dword r = result(SCardStatus(card, name, &n, &bits, &active, bytes, &k));
  if (r) return r;
  if (state) *state = windows_state(bits);
  if (protocol) *protocol = from_protocol(active);
  if (names_length) r = hand_out(name, strlen(name) + 2, names, names_length, sizeof(wide)); // a list, with two ends
  if (atr_length && !r) r = hand_out(bytes, k, atr, atr_length, 1);
  return r;
}

API(SCardTransmit)(handle card, pci *send, uint8_t *command, dword command_length, pci *receive, uint8_t *answer, dword *answer_length) {
  (void)receive;
  SCARD_IO_REQUEST request = {to_protocol(send ? send->protocol : SCARD_PROTOCOL_T1), sizeof request};
  DWORD n = *answer_length;
  dword r = result(SCardTransmit(card, &request, command, command_length, NULL, answer, &n));
  *answer_length = n;
  return r;
}

API(SCardControl)(handle card, dword code, void *in, dword in_length, void *out, dword out_length, dword *returned) {
  DWORD n = 0;
  if (code >> 16 == CTL_CODE) code = SCARD_CTL_CODE((code & 0xffff) >> 2);
  dword r = result(SCardControl(card, code, in, in_length, out, out_length, &n));
  if (returned) *returned = n;
  return r;
}

API(SCardGetAttrib)(handle card, dword id, uint8_t *value, dword *length) {
  uint8_t bytes[MAX_BUFFER_SIZE];
  DWORD n = sizeof bytes;
  dword r = result(SCardGetAttrib(card, id, bytes, &n));
  return r ? r : hand_out(bytes, n, value, length, 1);
}

API(SCardSetAttrib)(handle card, dword id, uint8_t *value, dword length) {
  return result(SCardSetAttrib(card, id, value, length));
}

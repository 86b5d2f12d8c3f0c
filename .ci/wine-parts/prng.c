// bcryptprimitives.dll for Wine 8, which has none: the one function of it that
// Go programs need, over the older one that Wine has.
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length); // RtlGenRandom

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
  while (length > 0) {
    ULONG chunk = length > 65536 ? 65536 : (ULONG)length;
    if (!SystemFunction036(buffer, chunk)) return FALSE;
    buffer += chunk;
    length -= chunk;
  }
  return TRUE;
}

// The other half of the bridge: a winscard.dll that holds nothing but
// forwarders to pcscw.dll; see bridge.c.
#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved) {
  (void)self, (void)reason, (void)reserved;
  return TRUE;
}

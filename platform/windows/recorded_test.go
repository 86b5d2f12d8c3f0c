package windows_test

import (
	"testing"

	"yomitori/platform"
	"yomitori/platform/windows"
)

// A registry alone, exported from a computer, tells most of what is asked here.
func TestRecordedRegistry(t *testing.T) {
	r := readRegFile(t, "testdata/windows11.reg")
	if s := look(t, platform.AreaSystem, r, windows.Native{}).System; !s.OK() || s.Name != "Windows 11" || s.Release != "24H2" || s.CodePage != 932 {
		t.Errorf("system: got %+v", s)
	}
	if s := look(t, platform.AreaServices, r, windows.Native{}).Services.Find("SCardSvr"); s.OK() || s.Start != platform.StartDisabled {
		t.Errorf("services: got %+v", s)
	}
	if s := look(t, platform.AreaNetwork, r, windows.Native{}).Network; !s.OK() || s.Proxies[0].Known != "oqs" {
		t.Errorf("network: got %+v", s)
	}
	if s := look(t, platform.AreaSecurity, r, windows.Native{}).Security; !s.OK() || s.Center.OK() || len(s.Products) != 1 || s.Products[0].Family != "eset" {
		t.Errorf("security: got %+v", s)
	}
}

package platform_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
)

func TestReaderNames(t *testing.T) {
	tests := map[string]string{
		"SONY FeliCa RC-S300/P (0201504) 01 00":                                  "SONY FeliCa RC-S300/P",
		"SONY FeliCa Port/PaSoRi 4.0 0":                                          "SONY FeliCa Port/PaSoRi 4.0",
		"SONY FeliCa Port/PaSoRi 4.0":                                            "SONY FeliCa Port/PaSoRi 4.0",
		"SCM Microsystems Inc. SCR 3310 [CCID Interface] (21120818205972) 00 00": "SCM Microsystems Inc. SCR 3310 [CCID Interface]",
		"ACS ACR1251 CL Reader [ACR1251 CL Reader PICC] 00 00":                   "ACS ACR1251 CL Reader [ACR1251 CL Reader PICC]",
		"Hitachi/Maxell M-500U/M-520U 0":                                         "Hitachi/Maxell M-500U/M-520U",
		"Microsoft UICC ISO Reader 3f873476 0":                                   "Microsoft UICC ISO Reader",
		"Windows Hello for Business 1":                                           "Windows Hello for Business",
		"A" + strings.Repeat("b", 120) + " (1234567890) 00 00":                   "A" + strings.Repeat("b", 120),
		"Virtual PCD 00 01":                                                      "Virtual PCD",
		"bad\x1b[31m\x00name\xff 0":                                              "bad[31mname",
	}
	for name, want := range tests {
		if got := platform.ReaderNames([]string{name})[0]; got != want {
			t.Errorf("name of %q is %q, want %q", name, got, want)
		}
	}
	got := platform.ReaderNames([]string{"Virtual PCD 00 00", "Virtual PCD 00 01", "X 0"})
	if d := cmp.Diff([]string{"Virtual PCD", "Virtual PCD #2", "X"}, got); d != "" {
		t.Errorf("equal names (-want +got):\n%s", d)
	}
}

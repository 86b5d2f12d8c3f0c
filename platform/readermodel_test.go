package platform_test

import (
	"testing"

	"yomitori/platform"
)

func TestReaderModels(t *testing.T) {
	tests := map[string]platform.ReaderClass{
		"Virtual PCD 00 00":                    platform.ReaderPlain,
		"SONY FeliCa Port/PaSoRi 4.0 0":        platform.ReaderPlain,
		"Windows Hello for Business 1":         platform.ReaderVirtual,
		"Microsoft Virtual Smart Card 0":       platform.ReaderVirtual,
		"Microsoft UICC ISO Reader 3f873476 0": platform.ReaderSIM,
		"Microsoft IFD 0":                      platform.ReaderBuiltNFC,
		"Yubico YubiKey OTP+FIDO+CCID 00 00":   platform.ReaderToken,
		"SafeNet eToken 5100 0":                platform.ReaderToken,
		"Aktiv Rutoken ECP 0":                  platform.ReaderToken,
		"Aktiv Rutoken SCR 3001 Reader 0":      platform.ReaderPlain,
		"Nitrokey Nitrokey Pro 0":              platform.ReaderToken,
		"Circle CIR315 [CIR315 SAM] 01 00":     platform.ReaderSAM,
		"Generic EMV Smartcard Reader 0":       platform.ReaderBuiltIn,
		"SAMSUNG Card Reader 0":                platform.ReaderPlain,
	}
	for name, want := range tests {
		if got := platform.ReaderModelOf(name).Class; got != want {
			t.Errorf("ReaderModelOf(%q).Class = %q, want %q", name, got, want)
		}
	}
}

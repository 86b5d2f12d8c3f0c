package platform_test

import (
	"testing"

	"yomitori/platform"
)

func TestSoftwareOf(t *testing.T) {
	for name, want := range map[string]platform.Software{
		"jp.go.cao.mpa":            platform.SoftwareMynaportal,
		"MynaPortalAppSetup.pkg":   platform.SoftwareMynaportal,
		"マイナポータルAP":                platform.SoftwareMynaportal,
		"e-Tax AP":                 platform.SoftwareETax,
		"国税庁e-Taxソフト":              platform.SoftwareETax,
		"eTaxSetup.exe":            platform.SoftwareETax,
		"ETAX.EXE":                 platform.SoftwareETax,
		"etax2026":                 platform.SoftwareETax,
		"Freetax and e-Tax":        platform.SoftwareETax,
		"jp.go.nta.ap":             platform.SoftwareETax,
		"HpkiAuthP11_MPKCS11H.dll": platform.SoftwareHPKI,
		"JPKIPKCS11Sign64.dll":     platform.SoftwareJPKI,
		"jpkisetup.exe":            platform.SoftwareJPKI,
		"jp.go.jpki":               platform.SoftwareJPKI,
		"公的個人認証サービス 利用者ソフト": platform.SoftwareJPKI,

		"Freetax Helper":    "",
		"PREETAX":           "",
		"The-tax office":    "",
		"E-taxonomy":        "",
		"ETAXI":             "",
		"éetax":             "",
		"2hpki":             "",
		"XJPKI":             "",
		"jp.go.cao.mpamail": "",
		"Common Myna":       "",
		"nta":               "",
		"":                  "",
		"e":                 "",
		"\xff\xfee-tax\xff": platform.SoftwareETax,
		"com.example.passwords マイナンバー帳": "",
	} {
		if got := platform.SoftwareOf(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	if got := platform.SoftwareOf("x", "JPKI", "e-Tax"); got != platform.SoftwareJPKI {
		t.Errorf("the first that tells: got %q", got)
	}
}

func TestSoftwareOfHost(t *testing.T) {
	for name, want := range map[string]platform.Software{
		"jp.go.digital.myna":               platform.SoftwareMynaportal,
		`C:\Program Files\Myna\mpa.json`:   platform.SoftwareMynaportal,
		`C:\Program Files\NTA\signer.json`: platform.SoftwareETax,
		"jp.go.jpki":                       platform.SoftwareJPKI,

		`C:\Program Files\Dynamyna\x.json`:   "",
		`C:\Program Files\mynah bird\x.json`: "",
		"com.example.santa":                  "",
		"com.example.ntag":                   "",
	} {
		if got := platform.SoftwareOfHost(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

package certificates_test

import (
	"testing"

	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/certificates"
)

// The rest of what this package does is tested with the stores of Windows and
// the keychains of macOS.
func FuzzDescribe(f *testing.F) {
	jpki, hpki := cardtest.MyNumber(cardtest.Options{}), cardtest.HPKI(cardtest.HPKIOptions{})
	for _, der := range [][]byte{nil, jpki.Certificate.Raw, jpki.CA.Raw, hpki.Auth.Certificate.Raw, hpki.Root.Raw} {
		f.Add(der)
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		c, ok := certificates.Describe(platform.StoreMy, der)
		if ok && c.Software != platform.SoftwareJPKI && c.Software != platform.SoftwareHPKI {
			t.Errorf("recorded: %+v", c)
		}
		if !ok && (c.Issuer != "" || c.Subject != "" || c.Serial != "") {
			t.Errorf("somebody else's certificate is told: %+v", c)
		}
	})
}

func TestWhoseCertificates(t *testing.T) {
	jpki, hpki := cardtest.MyNumber(cardtest.Options{}), cardtest.HPKI(cardtest.HPKIOptions{})
	for name, tt := range map[string]struct {
		der  []byte
		want platform.Software
		ca   bool
	}{
		"holder of My Number Card": {jpki.Certificate.Raw, platform.SoftwareJPKI, false},
		"CA of JPKI":               {jpki.CA.Raw, platform.SoftwareJPKI, true},
		"holder of HPKI card":      {hpki.Auth.Certificate.Raw, platform.SoftwareHPKI, false},
		"root of HPKI":             {hpki.Root.Raw, platform.SoftwareHPKI, true},
	} {
		c, ok := certificates.Describe(platform.StoreLogin, tt.der)
		if !ok || c.Software != tt.want || c.CA != tt.ca || (c.SHA256 != "") != tt.ca {
			t.Errorf("%s: %+v, %v", name, c, ok)
		}
	}
}

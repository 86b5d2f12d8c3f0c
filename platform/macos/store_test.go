package macos_test

import (
	"encoding/pem"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/macos"
)

const (
	findLogin  = "/usr/bin/security find-certificate -a -p /Users/hanako/Library/Keychains/login.keychain-db"
	findSystem = "/usr/bin/security find-certificate -a -p /Library/Keychains/System.keychain"
	prefer     = "/usr/bin/security get-identity-preference -s "
)

func asPEM(ders ...[]byte) string {
	var b strings.Builder
	for _, der := range ders {
		_ = pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: der})
	}
	return b.String()
}

// What security writes: PEM blocks, one after the other (SecurityTool's
// keychain_find.c and identity_prefs.c).
func TestStore(t *testing.T) {
	jpki, hpki := cardtest.MyNumber(cardtest.Options{}), cardtest.HPKI(cardtest.HPKIOptions{})
	m := newMac()
	m.runs[findLogin] = answer{out: asPEM(jpki.Certificate.Raw) + "garbage\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + asPEM(hpki.Auth.Certificate.Raw)}
	m.runs[findSystem] = answer{out: asPEM(jpki.CA.Raw)}
	m.runs[prefer+"https://mahpki-auth.2nds.medis.or.jp/ -p"] = answer{out: asPEM(hpki.Auth.Certificate.Raw)}
	m.runs[prefer+"www.e-tax.nta.go.jp -p"] = answer{out: asPEM([]byte("a certificate of somebody else"))}
	m.runs[prefer+"https://www.jpki.go.jp/ -p"] = answer{"SecIdentityCopyPreference: something else", 1}
	s := m.observe(t).Store

	type brief struct {
		Store    platform.StoreName
		Software platform.Software
		CA       bool
		Chain    platform.Chain
	}
	var got []brief
	for _, c := range s.List {
		got = append(got, brief{c.Store, c.Software, c.CA, c.Chain})
	}
	want := []brief{
		{platform.StoreLogin, platform.SoftwareJPKI, false, platform.ChainVerified},
		{platform.StoreLogin, platform.SoftwareHPKI, false, platform.ChainUnchecked},
		{platform.StoreSystem, platform.SoftwareJPKI, true, platform.ChainRoot},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	preferences := []platform.IdentityPreference{
		{Host: "www.e-tax.nta.go.jp"},
		{Host: "mahpki-auth.2nds.medis.or.jp", Software: platform.SoftwareHPKI, Issuer: s.List[1].Issuer, Subject: s.List[1].Subject},
	}
	if d := cmp.Diff(preferences, s.Preferences); d != "" {
		t.Errorf("preferences (-want +got):\n%s", d)
	}
	if !s.OK() || !strings.Contains(s.Detail, "something else") {
		t.Errorf("look: %+v", s.Look)
	}
}

// The user's own keychain is what matters: without it the area has failed.
func TestStoreFails(t *testing.T) {
	m := newMac()
	m.runs[findLogin] = answer{"security: SecKeychainSearchCopyNext: The user name or passphrase you entered is not correct.", 51}
	m.runs[findSystem] = answer{}
	if s := m.observe(t).Store; s.State != platform.Failed || !strings.Contains(s.Detail, "exit code 51") {
		t.Errorf("login keychain locked: %+v", s)
	}
	m.runs[findLogin], m.runs[findSystem] = answer{}, answer{"denied", 1}
	if s := m.observe(t).Store; !s.OK() || s.Detail == "" {
		t.Errorf("system keychain denied: %+v", s)
	}
}

// Only the listed hosts are asked for.
func TestOnlyListedHosts(t *testing.T) {
	for _, site := range platform.Sites {
		if strings.ContainsAny(site.Host, "/:* ") || site.Software == platform.SoftwareNone {
			t.Errorf("%+v", site)
		}
	}
}

func TestHugeKeychain(t *testing.T) {
	one := asPEM(make([]byte, 40))
	if list := macos.ParsePEM([]byte(strings.Repeat(one, 5000))); len(list) > 3000 {
		t.Errorf("%d certificates are believed", len(list))
	}
	var none []byte
	if list := macos.ParsePEM(none); list != nil {
		t.Error("certificates out of nothing")
	}
}

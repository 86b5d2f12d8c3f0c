package windows_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/card"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/windows"
)

// stores are the stores of a user, by their names.
type stores map[platform.StoreName][]windows.StoredCertificate

func observeStore(t *testing.T, s stores) platform.Store {
	t.Helper()
	return observeStores(t, windows.Native{Certificates: func(name platform.StoreName) ([]windows.StoredCertificate, error) {
		return s[name], nil
	}})
}

func observeStores(t *testing.T, n windows.Native) platform.Store {
	t.Helper()
	change, err := windows.New(windows.Options{Native: &n}).Store(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var s platform.Snapshot
	change(&s)
	return s.Store
}

func stored(certificates ...*x509.Certificate) (list []windows.StoredCertificate) {
	for _, c := range certificates {
		list = append(list, windows.StoredCertificate{DER: c.Raw})
	}
	return list
}

// describeCertificate gives what the card layer says of a certificate.
func describeCertificate(c *x509.Certificate) platform.Certificate {
	d, _ := card.Describe(platform.RoleHPKICA, c.Raw)
	return d
}

func TestStore(t *testing.T) {
	jpki, hpki := cardtest.MyNumber(cardtest.Options{}), cardtest.HPKI(cardtest.HPKIOptions{})
	mine := stored(jpki.Certificate, hpki.Auth.Certificate, hpki.Signature.Certificate)
	mine[0].HasKey, mine[0].Provider, mine[0].Container = true, "JPKI Crypto Service Provider", "山田 太郎"
	mine[1].HasKey = true
	got := observeStore(t, stores{
		platform.StoreMy:   mine,
		platform.StoreCA:   stored(jpki.CA, hpki.Auth.CA, otherCertificate(t, pkix.Name{CommonName: "Somebody's CA"}, true)),
		platform.StoreRoot: stored(hpki.Root),
	})

	holder := func(c *x509.Certificate, software platform.Software, usage string, eku ...string) platform.StoreCertificate {
		d := describeCertificate(c)
		return platform.StoreCertificate{
			Store: platform.StoreMy, Software: software, NotBefore: d.NotBefore, NotAfter: d.NotAfter,
			Issuer: d.Issuer, Subject: d.Subject, Serial: d.Serial, IssuerID: d.IssuerID,
			KeyUsage: []string{usage}, ExtKeyUsage: eku,
		}
	}
	authority := func(store platform.StoreName, c *x509.Certificate, software platform.Software, chain platform.Chain) platform.StoreCertificate {
		d := describeCertificate(c)
		s := holder(c, software, "cert-sign")
		s.Store, s.CA, s.KeyID, s.SHA256, s.Chain = store, true, d.KeyID, d.SHA256, chain
		s.KeyUsage = []string{"cert-sign", "crl-sign"}
		return s
	}
	auth := holder(jpki.Certificate, platform.SoftwareJPKI, "digital-signature", "1.3.6.1.5.5.7.3.2")
	auth.HasKey, auth.Provider, auth.Container, auth.Chain = true, "JPKI Crypto Service Provider", "山田 太郎", platform.ChainVerified
	hpkiAuth := holder(hpki.Auth.Certificate, platform.SoftwareHPKI, "digital-signature")
	hpkiAuth.HasKey, hpkiAuth.Chain = true, platform.ChainVerified
	want := platform.Store{Look: platform.Seen(), List: []platform.StoreCertificate{
		auth, hpkiAuth, holder(hpki.Signature.Certificate, platform.SoftwareHPKI, "non-repudiation"),
		authority(platform.StoreCA, jpki.CA, platform.SoftwareJPKI, platform.ChainRoot),
		authority(platform.StoreCA, hpki.Auth.CA, platform.SoftwareHPKI, platform.ChainVerified),
		authority(platform.StoreRoot, hpki.Root, platform.SoftwareHPKI, platform.ChainRoot),
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if got.List[0].Serial == "" || got.List[0].Serial != describeCertificate(jpki.Certificate).Serial || got.List[3].SHA256 == "" {
		t.Errorf("serial %q, digest %q", got.List[0].Serial, got.List[3].SHA256)
	}
}

// otherCertificate makes a certificate of somebody else, signed with a throw-away key.
func otherCertificate(t *testing.T, subject pkix.Name, ca bool) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	noError(t, err)
	return issueCertificate(t, &x509.Certificate{Subject: subject, IsCA: ca, BasicConstraintsValid: true}, nil, key)
}

// issueCertificate signs a certificate, with its own key when there is no parent.
func issueCertificate(t *testing.T, c, parent *x509.Certificate, key crypto.Signer) *x509.Certificate {
	t.Helper()
	c.SerialNumber = big.NewInt(7)
	c.NotBefore, c.NotAfter = time.Unix(0, 0), time.Unix(1<<31, 0)
	if parent == nil {
		parent = c
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, key.Public(), key)
	noError(t, err)
	x, err := x509.ParseCertificate(der)
	noError(t, err)
	return x
}

func TestWhoseCertificate(t *testing.T) {
	const agency = "Japan Agency for local Authority Information Systems"
	tests := []struct {
		name    string
		subject pkix.Name // and issuer: the certificate is self-signed
		want    platform.Software
	}{
		{"JPKI", pkix.Name{Organization: []string{"JPKI"}}, platform.SoftwareJPKI},
		{"test card", pkix.Name{Organization: []string{"JPKI-TEST"}}, platform.SoftwareJPKI},
		{"agency, as the manual writes it", pkix.Name{OrganizationalUnit: []string{agency}}, platform.SoftwareJPKI},
		{"HPKI CA", pkix.Name{CommonName: "HPKI-01-MedisSignCA2-forNonRepudiation"}, platform.SoftwareHPKI},
		{"HPKI root", pkix.Name{OrganizationalUnit: []string{"MHLW HPKI Root CA V2"}}, platform.SoftwareHPKI},
		{"several units", pkix.Name{OrganizationalUnit: []string{"A", "HPKI"}}, platform.SoftwareHPKI},

		{"part of a word", pkix.Name{CommonName: "NotHPKIButMore", Organization: []string{"JPKIX"}}, platform.SoftwareNone},
		{"another attribute", pkix.Name{Locality: []string{"JPKI", "HPKI-01"}, CommonName: "JPKI"}, platform.SoftwareNone},
		{"attribute within a value", pkix.Name{CommonName: "a,O=JPKI"}, platform.SoftwareNone},
		{"long words", pkix.Name{CommonName: strings.Repeat("HPK", 3000)}, platform.SoftwareNone},
		{"nobody", pkix.Name{}, platform.SoftwareNone},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := observeStore(t, stores{platform.StoreMy: stored(otherCertificate(t, tt.subject, false))})
			var software platform.Software
			if len(got.List) > 0 {
				software = got.List[0].Software
			}
			if software != tt.want {
				t.Errorf("got %q, want %q", software, tt.want)
			}
		})
	}
}

// The subject of a person's certificate does not make it one of ours.
func TestSubjectCountsForAuthoritiesOnly(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	noError(t, err)
	root := issueCertificate(t, &x509.Certificate{Subject: pkix.Name{CommonName: "Root"}, IsCA: true, BasicConstraintsValid: true}, nil, key)
	for _, ca := range []bool{true, false} {
		c := issueCertificate(t, &x509.Certificate{Subject: pkix.Name{CommonName: "HPKI-01-X"}, IsCA: ca, BasicConstraintsValid: true}, root, key)
		if got := len(observeStore(t, stores{platform.StoreMy: stored(c)}).List) == 1; got != ca {
			t.Errorf("CA %v: recorded %v", ca, got)
		}
	}
}

func TestStoreChains(t *testing.T) {
	jpki := cardtest.MyNumber(cardtest.Options{})
	stranger := cardtest.MyNumber(cardtest.Options{Certificate: cardtest.OtherCA})
	hpki := cardtest.HPKI(cardtest.HPKIOptions{})
	forged := forge(t, hpki.Auth.Certificate, hpki.Auth.CA)
	tests := []struct {
		name string
		mine *x509.Certificate
		cas  []*x509.Certificate
		want platform.Chain
	}{
		{"no CA", jpki.Certificate, nil, platform.ChainUnchecked},
		{"its CA", jpki.Certificate, []*x509.Certificate{jpki.CA}, platform.ChainVerified},
		{"another generation of the CA", stranger.Certificate, []*x509.Certificate{stranger.CA}, platform.ChainUnchecked},
		{"another CA", jpki.Certificate, []*x509.Certificate{hpki.Auth.CA}, platform.ChainUnchecked},
		{"not signed by the CA that it names", forged, []*x509.Certificate{hpki.Auth.CA}, platform.ChainBroken},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := observeStore(t, stores{platform.StoreMy: stored(tt.mine), platform.StoreRoot: stored(tt.cas...)})
			if got.List[0].Chain != tt.want {
				t.Errorf("got %q, want %q", got.List[0].Chain, tt.want)
			}
		})
	}
}

// forge changes the serial number in a certificate and leaves the signature.
func forge(t *testing.T, c, ca *x509.Certificate) *x509.Certificate {
	t.Helper()
	serial := c.SerialNumber.Bytes()
	changed := append(bytes.Clone(serial[:len(serial)-1]), serial[len(serial)-1]^1)
	x, err := x509.ParseCertificate(bytes.Replace(c.Raw, serial, changed, 1))
	noError(t, err)
	if !bytes.Equal(x.AuthorityKeyId, ca.SubjectKeyId) {
		t.Fatal("the certificate names no key")
	}
	return x
}

// A certificate that Go's parser refuses is recorded as far as it goes.
func TestLenientCertificate(t *testing.T) {
	c := cardtest.MyNumber(cardtest.Options{}).Certificate
	// BIT STRING of the key usage with a key usage that cannot be parsed twice:
	// a certificate with two equal extensions is one that Go refuses.
	id, err := asn1.Marshal(asn1.ObjectIdentifier{2, 5, 29, 35})
	noError(t, err)
	twice, err := asn1.Marshal(asn1.ObjectIdentifier{2, 5, 29, 15})
	noError(t, err)
	der := bytes.Replace(c.Raw, id, twice, 1)
	if _, err := x509.ParseCertificate(der); err == nil {
		t.Fatal("Go accepts the certificate")
	}
	got := observeStore(t, stores{platform.StoreMy: {{DER: der, HasKey: true}}}).List
	if len(got) != 1 || got[0].Serial != describeCertificate(c).Serial || !got[0].NotAfter.Equal(c.NotAfter) || !got[0].HasKey || got[0].ExtKeyUsage == nil {
		t.Errorf("got %+v", got)
	}
}

func TestHostileStore(t *testing.T) {
	c := cardtest.MyNumber(cardtest.Options{}).Certificate
	long := strings.Repeat("あ\x00\x1b", 100_000)
	mine := []windows.StoredCertificate{
		{},
		{DER: []byte{0x30}},
		{DER: bytes.Repeat([]byte{0x30, 0x80}, 8000)},
		{DER: bytes.Repeat([]byte{0xFF}, 1<<20)},
		{DER: c.Raw[:len(c.Raw)-1]},
		{DER: append(bytes.Clone(c.Raw), 0)},
		{DER: c.Raw, HasKey: true, Provider: long, Container: long},
	}
	random := make([]byte, 1000)
	for range 200 {
		_, _ = rand.Read(random)
		mine = append(mine, windows.StoredCertificate{DER: bytes.Clone(random)})
	}
	got := observeStore(t, stores{platform.StoreMy: mine})
	if len(got.List) != 1 || !got.OK() || !strings.Contains(got.Detail, "2 certificates") {
		t.Fatalf("got %d, %+v", len(got.List), got.Look)
	}
	for _, s := range []string{got.List[0].Provider, got.List[0].Container} {
		if len(s) > platform.LongestText || strings.ContainsAny(s, "\x00\x1b") {
			t.Errorf("recorded %d bytes: %.40q", len(s), s)
		}
	}
}

func TestFullStore(t *testing.T) {
	c := cardtest.MyNumber(cardtest.Options{}).Certificate
	var mine []windows.StoredCertificate
	for range windows.MaxStored + 1 {
		mine = append(mine, windows.StoredCertificate{DER: c.Raw})
	}
	got := observeStore(t, stores{platform.StoreMy: mine})
	if len(got.List) != windows.MaxStoreListed || !strings.Contains(got.Detail, fmt.Sprintf("more than %d", windows.MaxStored)) {
		t.Errorf("got %d, %+v", len(got.List), got.Look)
	}
}

func TestStoresFail(t *testing.T) {
	denied := func(which platform.StoreName) windows.Native {
		return windows.Native{Certificates: func(name platform.StoreName) ([]windows.StoredCertificate, error) {
			if name == which {
				return nil, fs.ErrPermission
			}
			return stored(cardtest.MyNumber(cardtest.Options{}).Certificate), nil
		}}
	}
	for _, name := range []platform.StoreName{platform.StoreCA, platform.StoreRoot} {
		got := observeStores(t, denied(name))
		if !got.OK() || len(got.List) != 2 || !strings.Contains(got.Detail, string(name)) {
			t.Errorf("without %s: %+v", name, got)
		}
	}
	n := denied(platform.StoreMy)
	if _, err := windows.New(windows.Options{Native: &n}).Store(t.Context()); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("without MY: %v", err)
	}
	if _, err := windows.New(windows.Options{Native: &windows.Native{}}).Store(t.Context()); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("without stores: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n = denied("")
	if _, err := windows.New(windows.Options{Native: &n}).Store(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

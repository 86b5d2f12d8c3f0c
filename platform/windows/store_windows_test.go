package windows_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	windowsapi "golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/windows"
)

// keyProvInfo is CRYPT_KEY_PROV_INFO.
type keyProvInfo struct {
	container, provider *uint16
	kind, flags, params uint32
	param               uintptr
	spec                uint32
}

// certificatesOf is where a store of this user is kept.
func certificatesOf(store platform.StoreName) string {
	return `Software\Microsoft\SystemCertificates\` + string(store) + `\Certificates`
}

// addToStore puts a certificate into a store of this user until the test ends,
// with the provider of a key if one is named. Wine writes the store to the
// registry when it is closed, and forgets to delete there.
func addToStore(t *testing.T, store platform.StoreName, der []byte, provider, container string) {
	t.Helper()
	c, err := windowsapi.CertCreateCertificateContext(windowsapi.X509_ASN_ENCODING, &der[0], uint32(len(der)))
	must(t, err)
	if provider != "" {
		info := keyProvInfo{kind: 1, spec: 1}
		info.provider, err = windowsapi.UTF16PtrFromString(provider)
		must(t, err)
		info.container, err = windowsapi.UTF16PtrFromString(container)
		must(t, err)
		ok, _, err := windowsapi.NewLazySystemDLL("crypt32.dll").NewProc("CertSetCertificateContextProperty").Call(
			uintptr(unsafe.Pointer(c)), 2, 0, uintptr(unsafe.Pointer(&info)))
		if ok == 0 {
			t.Fatal(err)
		}
	}
	name, err := windowsapi.UTF16PtrFromString(string(store))
	must(t, err)
	h, err := windowsapi.CertOpenSystemStore(0, name)
	must(t, err)
	t.Cleanup(func() {
		digest := strings.ToUpper(fmt.Sprintf("%x", sha1.Sum(der)))
		if err := registry.DeleteKey(registry.CURRENT_USER, certificatesOf(store)+`\`+digest); err != nil {
			t.Error(err)
		}
	})
	must(t, windowsapi.CertAddCertificateContextToStore(h, c, windowsapi.CERT_STORE_ADD_REPLACE_EXISTING, nil))
	must(t, windowsapi.CertFreeCertificateContext(c))
	must(t, windowsapi.CertCloseStore(h, 0))
}

func TestSystemStore(t *testing.T) {
	onWine(t)
	before := observeStores(t, windows.Native{Certificates: windows.NativeCertificates})
	if !before.OK() || len(before.List) != 0 {
		t.Fatalf("the stores are not clean: %+v", before)
	}
	jpki, hpki := cardtest.MyNumber(cardtest.Options{}), cardtest.HPKI(cardtest.HPKIOptions{})
	addToStore(t, platform.StoreMy, jpki.Certificate.Raw, "JPKI Crypto Service Provider for Auth", "山田 太郎")
	addToStore(t, platform.StoreMy, hpki.Auth.Certificate.Raw, "", "")
	addToStore(t, platform.StoreMy, otherCertificate(t, pkix.Name{CommonName: "山田 太郎"}, false).Raw, "x", "y")
	addToStore(t, platform.StoreCA, hpki.Auth.CA.Raw, "", "")
	addToStore(t, platform.StoreRoot, jpki.CA.Raw, "", "")

	type row struct {
		Store               platform.StoreName
		Serial              string
		HasKey              bool
		Provider, Container string
		Chain               platform.Chain
	}
	var got []row
	area := observeStores(t, windows.Native{Certificates: windows.NativeCertificates})
	for _, c := range area.List {
		got = append(got, row{c.Store, c.Serial, c.HasKey, c.Provider, c.Container, c.Chain})
	}
	serial := func(c *x509.Certificate) string { return describeCertificate(c).Serial }
	want := []row{
		{platform.StoreMy, serial(jpki.Certificate), true, "JPKI Crypto Service Provider for Auth", "山田 太郎", platform.ChainVerified},
		{platform.StoreMy, serial(hpki.Auth.Certificate), false, "", "", platform.ChainVerified},
		{platform.StoreCA, serial(hpki.Auth.CA), false, "", "", platform.ChainUnchecked},
		{platform.StoreRoot, serial(jpki.CA), false, "", "", platform.ChainRoot},
	}
	byOrder := cmp.Transformer("set", func(rows []row) map[row]int {
		m := map[row]int{}
		for _, r := range rows {
			m[r]++
		}
		return m
	})
	if d := cmp.Diff(want, got, byOrder); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if !area.OK() || area.Detail != "" {
		t.Errorf("look %+v", area.Look)
	}
}

// What is too large, has endless names, or is no certificate, hides no other.
func TestSystemStoreHostile(t *testing.T) {
	onWine(t)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	large := issueCertificate(t, &x509.Certificate{
		Subject:         pkix.Name{Organization: []string{"JPKI"}},
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 25, 1}, Value: make([]byte, windows.LargestStored)}},
	}, nil, key)
	card := cardtest.MyNumber(cardtest.Options{})
	addToStore(t, platform.StoreMy, large.Raw, "", "")
	addToStore(t, platform.StoreMy, card.Certificate.Raw, strings.Repeat("長", 20_000), strings.Repeat("い", 20_000))
	for name, der := range map[string][]byte{"1": bytes.Repeat([]byte{0x30, 0x80}, 500), "2": nil, "3": bytes.Repeat([]byte{0xFF}, 100_000)} {
		k := makeKey(t, registry.CURRENT_USER, certificatesOf(platform.StoreMy)+`\`+strings.Repeat(name, 40), 0)
		// The certificate as a property of itself: CERT_CERT_PROP_ID, 1, length.
		var blob []byte
		for _, n := range []int{32, 1, len(der)} {
			blob = binary.LittleEndian.AppendUint32(blob, uint32(n))
		}
		must(t, k.SetBinaryValue("Blob", append(blob, der...)))
	}

	area := observeStores(t, windows.Native{Certificates: windows.NativeCertificates})
	if !area.OK() || len(area.List) != 1 || !area.List[0].HasKey || !strings.Contains(area.Detail, "1 certificates") {
		t.Errorf("got %+v", area)
	}
}

func TestSystemStoreThatIsNotThere(t *testing.T) {
	onWine(t)
	if list, err := windows.NativeCertificates("Yomitori Test"); err != nil || list != nil {
		t.Errorf("got %v, %v", list, err)
	}
	if _, err := windows.NativeCertificates("a\x00b"); err == nil || errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("bad name: %v", err)
	}
}

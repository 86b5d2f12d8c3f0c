package practice_test

import (
	"strings"
	"time"

	"yomitori/platform"
	"yomitori/platform/card"
	"yomitori/platform/card/cardtest"
)

// memory carries commands to a virtual card.
type memory struct{ c cardtest.Card }

func (m memory) Transmit(c card.Command) ([]byte, error) { return m.c.Transmit(c.Bytes()), nil }

// authority stands for the CA that issued a made-up card: the made-up CA takes
// the place of the real one, as it does on every real card.
type authority struct {
	keyID, sha256 string
	rootID        string // that of the CA above it, if there is one on the card
}

var (
	jpki = authority{keyID: "1ac100f596a3bc8c4b3df195e32699249e9e308a", sha256: "64114f29620c24ed2631d46476a040e7ee740d956089c00b036a6a8118c322b5"}
	hpki = authority{
		keyID: "5000e5dcd21faf28c09421889bb295a8d47d2796", sha256: "476b64ddd92129cad257906d206fff4e8e32390faf2f64892f6c810cfff54bc3",
		rootID: "01a5630ee0d251f613aa1501152889d64198337f",
	}
	hpkiSign = authority{
		keyID: "9dd6135245efbd5e7852c8588e78bc541e3f96e6", sha256: "5f497e73f986c4503eb25eb94851a79193d2edc8f829f32e930a61f0b569e033",
		rootID: "01a5630ee0d251f613aa1501152889d64198337f",
	}
)

// Serial numbers of the made-up certificates, hex.
const (
	serialAuth = "1234567"
	serialSign = "1234568"
	serialOld  = "123456"
	serialCA   = "6d18006"
)

// withCard puts a My Number Card into the reader of a healthy computer, to the
// store of which Windows has copied its certificate.
func withCard(o cardtest.Options) platform.Snapshot {
	return put(windowsPC(), cardtest.MyNumber(o), jpki)
}

// withHPKI is the same with an HPKI card and its driver.
func withHPKI() platform.Snapshot {
	s := put(windowsPC(), cardtest.HPKI(cardtest.HPKIOptions{Role: "Medical Doctor"}), hpki)
	s.Clients.Providers = append(s.Clients.Providers,
		platform.Provider{Name: "HPKI Crypto Service Provider for Authentication", Software: platform.SoftwareHPKI, View: 64},
		platform.Provider{Name: "HPKI Crypto Service Provider for Non Repudiation", Software: platform.SoftwareHPKI, View: 64},
	)
	return s
}

func put(s platform.Snapshot, chip cardtest.Card, a authority) platform.Snapshot {
	c := card.Read(memory{chip}, chip.ATR())
	c.Reader = reader
	for i := range c.Certificates {
		disguise(&c.Certificates[i], a)
		s.Store.List = append(s.Store.List, stored(c.Certificates[i])...)
	}
	s.Readers.List[0].CardIn = true
	s.Cards.List = []platform.Card{c}
	return s
}

// disguise gives a certificate what does not change with the keys, which are
// made anew in each process.
func disguise(v *platform.Certificate, a authority) {
	if strings.Contains(v.Issuer+v.Subject, "forNonRepudiation") {
		a = hpkiSign
	}
	switch v.Role {
	case platform.RoleAuthCA, platform.RoleHPKICA:
		v.Serial, v.KeyID, v.IssuerID, v.SHA256 = serialCA, a.keyID, a.rootID, a.sha256
		v.DER = nil // nothing is asked over the network with it here
		if a.rootID == "" {
			v.Subject = v.Issuer
		}
		return
	case platform.RoleHPKISign:
		v.Serial = serialSign
	default:
		v.Serial = serialAuth
	}
	v.Subject, v.IssuerID = "CN=PRACTICE0000000000000A,C=JP", a.keyID
}

// stored is what Windows shows of the certificate with which a card logs in.
func stored(v platform.Certificate) []platform.StoreCertificate {
	c := platform.StoreCertificate{
		Store: platform.StoreMy, Software: platform.SoftwareJPKI, NotBefore: v.NotBefore, NotAfter: v.NotAfter,
		Issuer: v.Issuer, Subject: v.Subject, Serial: v.Serial, IssuerID: v.IssuerID,
		KeyUsage: []string{"digital-signature"}, ExtKeyUsage: []string{"1.3.6.1.5.5.7.3.2"},
		HasKey: true, Provider: "JPKI Crypto Service Provider for Auth", Container: "PRACTICE",
	}
	switch {
	case v.Role == platform.RoleHPKIAuth:
		c.Software, c.Provider = platform.SoftwareHPKI, "HPKI Crypto Service Provider for Authentication"
	case v.Role != platform.RoleAuth:
		return nil
	}
	return []platform.StoreCertificate{c}
}

// hidden is a computer on which the card's certificate has lost its connection
// with the card, and one of an earlier card was left.
func hidden() platform.Snapshot {
	s := withHPKI()
	own := &s.Store.List[0]
	left := *own
	own.HasKey, own.Provider, own.Container = false, "", ""
	left.Serial = serialOld
	left.NotBefore, left.NotAfter = left.NotBefore.AddDate(-4, 0, 0), cardtest.EndOfDay(2025, time.May, 9)
	s.Store.List = append(s.Store.List, left)
	return s
}

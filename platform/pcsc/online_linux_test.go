package pcsc_test

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/online"
	"yomitori/platform/pcsc"
	"yomitori/platform/pcsc/pcsctest"
)

// list is what a CA of a virtual card publishes, with or without the holder's
// certificate in it.
func list(t *testing.T, of cardtest.HPKIApp, revoked bool) []byte {
	t.Helper()
	template := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: revokedAt, NextUpdate: revokedAt.AddDate(0, 1, 0)}
	if revoked {
		template.RevokedCertificateEntries = []x509.RevocationListEntry{
			{SerialNumber: of.Certificate.SerialNumber, RevocationTime: revokedAt, ReasonCode: 4},
		}
	}
	der, err := x509.CreateRevocationList(rand.Reader, template, of.CA, of.CAKey)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

var revokedAt = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)

// A card in a reader, the real service, a server, and the press between them.
func TestRevocationOfACardInAReader(t *testing.T) {
	service := pcsctest.Start(t)
	lists := http.NewServeMux()
	server := httptest.NewServer(lists)
	t.Cleanup(server.Close)
	chip := cardtest.HPKI(cardtest.HPKIOptions{
		Auth: cardtest.HPKIPart{CRL: "http://crl.example.jp/auth.crl"}, Signature: cardtest.HPKIPart{CRL: "http://crl.example.jp/sign.crl"},
	})
	serve := func(path string, der []byte) {
		lists.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(der) })
	}
	serve("/auth.crl", list(t, chip.Auth, true))
	serve("/sign.crl", list(t, chip.Signature, false))

	c := online.Over(platform.Plan{
		Probes: []platform.Probe{platform.Nothing(platform.AreaNetwork)},
		Live:   pcsc.New().Follow,
	}, online.Options{Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
	}})
	service.Insert(0, chip)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	pressed := false
	s, err := platform.Observe(ctx, c, func(s platform.Snapshot) bool {
		if !pressed && inSlot(0, platform.Card.OK)(s) {
			pressed = true
			c.Ask(platform.SoftwareNone)
		}
		return s.Online.OK()
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[platform.Role]string{}
	for _, r := range s.Online.Revocations {
		got[r.Role] = fmt.Sprintf("%s %s %d %s", r.Signature, r.Status, r.Reason, r.RevokedAt.Format(time.DateOnly))
	}
	want := map[platform.Role]string{
		platform.RoleHPKIAuth: "verified revoked 4 2026-04-01",
		platform.RoleHPKISign: "verified good 0 0001-01-01",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("answers %v, want %v; online %+v", got, want, s.Online)
	}
}

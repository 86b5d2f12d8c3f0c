package online_test

import (
	"testing"

	"golang.org/x/crypto/ocsp"

	"yomitori/platform"
	"yomitori/platform/online"
)

// trusted fails where an answer tells of the certificate without the issuer's
// signature.
func trusted(t *testing.T, r platform.Revocation) {
	t.Helper()
	if !r.Settled() || r.Status != "" && (!r.OK() || r.Signature != platform.ChainVerified) {
		t.Errorf("%+v", r)
	}
}

// FuzzReadList reads anything as a list. The CA is made anew for each run, so
// that what was found before is not signed by it: it is then only not to panic.
func FuzzReadList(f *testing.F) {
	w := theWorld()
	card := hpki(w.ca, []string{address}, nil)
	f.Add(w.ca.list(f))
	f.Add(w.ca.list(f, revoked(1), with(scope(point(address), []byte{0x81, 1, 0xFF}))))
	f.Add(w.ca.list(f, with(critical(27, 2, 1, 1))))
	f.Add(w.impostor.list(f))
	f.Fuzz(func(t *testing.T, raw []byte) { trusted(t, online.ReadList(card, raw)) })
}

// FuzzReadAnswer reads anything as a responder's answer.
func FuzzReadAnswer(f *testing.F) {
	w := theWorld()
	card := hpki(w.ca, nil, nil)
	f.Add(w.ca.answer(f, w.ca))
	f.Add(w.impostor.answer(f, w.ca))
	f.Add(w.ca.answer(f, w.ca, func(r *ocsp.Response) { r.Status, r.RevokedAt = ocsp.Revoked, before }))
	f.Add(ocsp.UnauthorizedErrorResponse)
	f.Fuzz(func(t *testing.T, raw []byte) { trusted(t, online.ReadAnswer(card, raw, made)) })
}

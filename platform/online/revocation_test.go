package online_test

import (
	"bytes"
	"compress/gzip"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"io"
	"net/http"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"yomitori/platform"
	"yomitori/platform/online"
)

// about is what an answer about the holder's certificate says.
func about(s platform.RevocationStatus) platform.Revocation {
	r := platform.Revocation{Look: platform.Seen(), Signature: platform.ChainVerified, ThisUpdate: made, NextUpdate: next, Status: s}
	if s == platform.RevocationRevoked {
		r.RevokedAt = before
	}
	return r
}

// nothing is an answer that tells nothing of the certificate.
func nothing(s platform.Chain) platform.Revocation {
	r := about("")
	r.Signature = s
	return r
}

func noAnswer(why platform.Why) platform.Revocation {
	return platform.Revocation{Look: failure(why)}
}

func with(e ...pkix.Extension) func(*x509.RevocationList) {
	return func(l *x509.RevocationList) { l.ExtraExtensions = append(l.ExtraExtensions, e...) }
}

// der of an extension that must be understood.
func critical(last int, value ...byte) pkix.Extension {
	return pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, last}, Critical: true, Value: value}
}

// address is the one at which the tests of lists pretend to find them.
const address = "http://crl.example/ca.crl"

// scope makes IssuingDistributionPoint: its parts, whose tags and lengths are
// short.
func scope(parts ...[]byte) pkix.Extension {
	whole := bytes.Join(parts, nil)
	return critical(28, append([]byte{0x30, byte(len(whole))}, whole...)...)
}

func point(uri string) []byte {
	name := append([]byte{0x86, byte(len(uri))}, uri...)
	full := append([]byte{0xA0, byte(len(name))}, name...)
	return append([]byte{0xA0, byte(len(full))}, full...)
}

// freshest is FreshestCRL (RFC 5280 5.2.6), of one point at address.
var freshest = func() pkix.Extension {
	point := append([]byte{0x30, byte(len(point(address)))}, point(address)...)
	return pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 46}, Value: append([]byte{0x30, byte(len(point))}, point...)}
}()

func TestLists(t *testing.T) {
	w := theWorld()
	good, bad := about(platform.RevocationGood), about(platform.RevocationRevoked)
	reason1 := bad
	reason1.Reason = 1
	always := good
	always.ThisUpdate, always.NextUpdate = made.AddDate(50, 0, 0), made.AddDate(51, 0, 0)
	stale := good
	stale.ThisUpdate, stale.NextUpdate = made.AddDate(-9, 0, 0), made.AddDate(-8, 0, 0)
	dated := func(from, to time.Time) func(*x509.RevocationList) {
		return func(l *x509.RevocationList) { l.ThisUpdate, l.NextUpdate = from, to }
	}
	flipped := w.ca.list(t)
	flipped[len(flipped)-1] ^= 1
	unusable, otherList := noAnswer(platform.WhyBadAnswer), noAnswer(platform.WhyOtherList)
	tests := []struct {
		name string
		list []byte
		want platform.Revocation
	}{
		{"good", w.ca.list(t), good},
		{"revoked", w.ca.list(t, revoked(0)), bad},
		{"revoked with a reason", w.ca.list(t, revoked(1)), reason1},
		{"removed from the list", w.ca.list(t, revoked(8)), good},
		{"removed, and revoked again", w.ca.list(t, revoked(8), revoked(1)), reason1},
		{"stale", w.ca.list(t, dated(stale.ThisUpdate, stale.NextUpdate)), stale},
		{"from the future", w.ca.list(t, dated(always.ThisUpdate, always.NextUpdate)), always},
		{"PEM", pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: w.ca.list(t)}), good},
		{"another key under the same name", w.impostor.list(t), nothing(platform.ChainBroken)},
		{"a signature with a wrong bit", flipped, nothing(platform.ChainBroken)},
		{"another issuer", w.stranger.list(t), unusable},
		{"nothing", nil, unusable},
		{"cut", w.ca.list(t)[:100], unusable},
		{"a page", []byte("<!DOCTYPE html><title>Login</title>"), unusable},
		{"with a hint at changes, which nobody must understand", w.ca.list(t, with(freshest)), good},
		{"with something else that must be understood", w.ca.list(t, with(critical(46, freshest.Value...))), unusable},
		{"changes only", w.ca.list(t, with(critical(27, 2, 1, 1))), unusable},
		{"this distribution point", w.ca.list(t, with(scope(point(address)))), good},
		{"this distribution point, users only", w.ca.list(t, with(scope(point(address), []byte{0x81, 1, 0xFF}))), good},
		{"another distribution point", w.ca.list(t, with(scope(point(address+"2")))), otherList},
		{"no point, nothing limited", w.ca.list(t, with(scope([]byte{0x84, 1, 0}))), good},
		{"CAs only", w.ca.list(t, with(scope([]byte{0x82, 1, 0xFF}))), otherList},
		{"some reasons", w.ca.list(t, with(scope([]byte{0x83, 2, 1, 6}))), otherList},
		{"indirect", w.ca.list(t, with(scope([]byte{0x84, 1, 0xFF}))), otherList},
		{"attributes only", w.ca.list(t, with(scope([]byte{0x85, 1, 0xFF}))), otherList},
		{"a scope that is none", w.ca.list(t, with(critical(28, 4, 0))), unusable},
		{"relative name", w.ca.list(t, with(scope([]byte{0xA0, 2, 0xA1, 0}))), otherList},
		{"unknown and critical", w.ca.list(t, with(critical(99, 5, 0))), unusable},
		{"an entry of another issuer", w.ca.list(t, revoked(0, critical(29, 5, 0))), unusable},
		{"an entry that holds something unknown", w.ca.list(t, revoked(0, critical(99, 5, 0))), unusable},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := tt.want
			if !want.OK() {
				want.ThisUpdate, want.NextUpdate = time.Time{}, time.Time{}
			}
			same(t, want, online.ReadList(hpki(w.ca, []string{address}, nil), tt.list))
		})
	}
}

// What Go does not check, and who may not sign, leaves open what is said.
func TestSignaturesThatCannotBeChecked(t *testing.T) {
	w := theWorld()
	same(t, nothing(platform.ChainUnchecked), online.ReadList(hpki(w.noLists, []string{address}, nil), w.ca.list(t)))

	sha1 := w.oldSchool.list(t, revoked(1), func(l *x509.RevocationList) { l.SignatureAlgorithm = x509.SHA1WithRSA })
	same(t, nothing(platform.ChainUnchecked), online.ReadList(hpki(w.oldSchool, []string{address}, nil), sha1))
	sha1 = w.oldSchool.answer(t, w.oldSchool, func(r *ocsp.Response) { r.SignatureAlgorithm = x509.SHA1WithRSA })
	same(t, nothing(platform.ChainUnchecked), online.ReadAnswer(hpki(w.oldSchool, nil, nil), sha1, made))
}

func TestAnswers(t *testing.T) {
	w := theWorld()
	good, bad := about(platform.RevocationGood), about(platform.RevocationRevoked)
	bad.Reason = ocsp.KeyCompromise
	status := func(s int) func(*ocsp.Response) { return func(r *ocsp.Response) { r.Status = s } }
	isRevoked := func(r *ocsp.Response) {
		r.Status, r.RevokedAt, r.RevocationReason = ocsp.Revoked, before, ocsp.KeyCompromise
	}
	ofAnother := func(r *ocsp.Response) { r.SerialNumber = another }
	const signing = x509.ExtKeyUsageOCSPSigning
	delegate, nobody := w.ca.responder(signing, time.Time{}), w.ca.responder(x509.ExtKeyUsageClientAuth, time.Time{})
	theirs := w.stranger.responder(signing, time.Time{})
	unusable := noAnswer(platform.WhyBadAnswer)
	tests := []struct {
		name string
		raw  []byte
		want platform.Revocation
	}{
		{"good", w.ca.answer(t, w.ca), good},
		{"revoked", w.ca.answer(t, w.ca, isRevoked), bad},
		{"unknown", w.ca.answer(t, w.ca, status(ocsp.Unknown)), nothing(platform.ChainVerified)},
		{"another hash", w.ca.answer(t, w.ca, func(r *ocsp.Response) { r.IssuerHash = 5 /* SHA-256 */ }), good},
		{"forged", w.impostor.answer(t, w.ca), nothing(platform.ChainBroken)},
		{"by the issuer's certificate within", w.ca.answer(t, w.ca, func(r *ocsp.Response) { r.Certificate = w.ca.Certificate }), good},
		{"delegated", delegate.answerAt(t, made, w.ca), good},
		{"delegated, revoked", delegate.answerAt(t, made, w.ca, isRevoked), bad},
		{"by one who may not", nobody.answer(t, w.ca), nothing(platform.ChainBroken)},
		{"by another issuer's responder", theirs.answer(t, w.ca), nothing(platform.ChainBroken)},
		{"about another certificate", w.ca.answer(t, w.ca, ofAnother), unusable},
		{"about another issuer's", w.ca.answer(t, w.impostor), unusable},
		{"try later", ocsp.TryLaterErrorResponse, unusable},
		{"unauthorized", ocsp.UnauthorizedErrorResponse, unusable},
		{"a page", []byte("<html>"), unusable},
		{"nothing", nil, unusable},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			same(t, tt.want, online.ReadAnswer(hpki(w.ca, nil, nil), tt.raw, made))
		})
	}
}

// The times in an answer are what its signer chooses: once the certificate of a
// responder has ended, or before it began, none of them helps.
func TestRespondersOfAnotherTime(t *testing.T) {
	w := theWorld()
	const signing = x509.ExtKeyUsageOCSPSigning
	end := time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)
	retired, young := w.ca.responder(signing, end), w.ca.responder(signing, time.Time{})
	then, early := time.Date(2020, 6, 1, 0, 0, 0, 0, time.UTC), time.Date(2019, 6, 1, 0, 0, 0, 0, time.UTC)
	tells := func(of time.Time) func(*ocsp.Response) { return func(r *ocsp.Response) { r.ThisUpdate = of } }
	tests := []struct {
		name               string
		by                 authority
		signed, tells, now time.Time
		want               platform.Chain
	}{
		{"in its time", retired, then, then, then, platform.ChainVerified},
		{"to the last second", retired, end, end, end, platform.ChainVerified},
		{"signed after its end", retired, made, then, then, platform.ChainBroken},
		{"signed in its time, as it says, of a later day", retired, then, made, made, platform.ChainBroken},
		{"of a later day, on a slow clock", retired, then, made, then, platform.ChainBroken},
		{"asked after its end", retired, then, then, end.Add(time.Second), platform.ChainBroken},
		{"signed before its beginning", young, early, then, then, platform.ChainBroken},
		{"of a day before its beginning", young, then, early, then, platform.ChainBroken},
		{"of a day after signing", young, then, then.Add(time.Minute + time.Second), made, platform.ChainBroken},
		{"of the minute of signing", young, then, then.Add(time.Minute), made, platform.ChainVerified},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := online.ReadAnswer(hpki(w.ca, nil, nil), tt.by.answerAt(t, tt.signed, w.ca, tells(tt.tells)), tt.now)
			if got.Signature != tt.want || (got.Status == platform.RevocationGood) != (tt.want == platform.ChainVerified) {
				t.Errorf("%s %s, want %s", got.Signature, got.Status, tt.want)
			}
		})
	}
}

// The answer is held against the clock of the one who asks.
func TestResponderIsHeldAgainstTheClock(t *testing.T) {
	w := theWorld()
	then := time.Date(2020, 6, 1, 0, 0, 0, 0, time.UTC)
	retired := w.ca.responder(x509.ExtKeyUsageOCSPSigning, then.AddDate(0, 6, 0))
	s := serve(t, body(retired.answerAt(t, then, w.ca, func(r *ocsp.Response) { r.ThisUpdate = then })))
	for now, want := range map[time.Time]platform.Chain{then: platform.ChainVerified, made: platform.ChainBroken} {
		o := online.Options{Anywhere: true, Now: func() time.Time { return now }}
		if r := asked(t, still(hpki(w.ca, nil, []string{s.URL})), o, "").Revocations[0]; r.Signature != want {
			t.Errorf("at %s: %+v", now, r)
		}
	}
}

// reply is what a server gives at an address of the certificate.
type reply struct {
	name   string
	limit  online.Options
	handle http.HandlerFunc
	want   platform.Why
}

func TestServersThatMisbehave(t *testing.T) {
	list := theWorld().ca.list(t)
	page := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, "<html>")
		}
	}
	to := func(where string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", where)
			w.WriteHeader(http.StatusFound)
		}
	}
	small := online.Options{List: 1 << 16}
	quick := online.Options{Fetch: 30 * time.Millisecond}
	for _, tt := range []reply{
		{"a page", small, page(200), platform.WhyBadAnswer},
		{"not found", small, page(404), platform.WhyBadAnswer},
		{"out of order", small, page(500), platform.WhyBadAnswer},
		{"nothing", small, page(204), platform.WhyBadAnswer},
		{"cut", small, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9999")
			_, _ = w.Write(list)
		}, platform.WhyUnreachable},
		{"endless", small, endless, platform.WhyTooLarge},
		{"endless when unpacked", small, bomb, platform.WhyTooLarge},
		{"silent", quick, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, platform.WhyTimedOut},
		{"stops halfway", quick, func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write(list[:50])
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, platform.WhyTimedOut},
		{"hangs up", small, func(w http.ResponseWriter, _ *http.Request) {
			conn, _, _ := http.NewResponseController(w).Hijack()
			_ = conn.Close()
		}, platform.WhyUnreachable},
		{"no HTTP", small, func(w http.ResponseWriter, _ *http.Request) {
			conn, _, _ := http.NewResponseController(w).Hijack()
			_, _ = io.WriteString(conn, "220 ftp.example ready\r\n")
			_ = conn.Close()
		}, platform.WhyBadAnswer},
		{"in a circle", small, to("/ca.crl"), platform.WhyRedirect},
		{"to FTP", small, to("ftp://crl.example/ca.crl"), platform.WhyRedirect},
		{"to a file", small, to("file:///etc/passwd"), platform.WhyRedirect},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, tt.handle)
			url := s.URL + "/ca.crl"
			tt.limit.Anywhere = true
			got := asked(t, still(hpki(theWorld().ca, []string{url}, nil)), tt.limit, "")
			want := platform.Revocation{
				Look: failure(tt.want), Role: platform.RoleHPKIAuth, Serial: "1234567", Source: platform.SourceCRL, URL: url,
			}
			if len(got.Revocations) == 1 {
				want.Size = got.Revocations[0].Size
			}
			same(t, []platform.Revocation{want}, got.Revocations)
		})
	}
}

func endless(w http.ResponseWriter, _ *http.Request) {
	for more := make([]byte, 1<<12); ; {
		if _, err := w.Write(more); err != nil {
			return
		}
	}
}

// bomb is 16 MB in some kB.
func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	for range 1 << 12 {
		_, _ = z.Write(make([]byte, 1<<12))
	}
	_ = z.Close()
}

func TestPackedList(t *testing.T) {
	list := theWorld().ca.list(t)
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = z.Write(list)
		_ = z.Close()
	})
	got := asked(t, still(hpki(theWorld().ca, []string{s.URL}, nil)), online.Options{Anywhere: true}, "").Revocations[0]
	if got.Status != platform.RevocationGood || got.Size != len(list) {
		t.Errorf("%+v", got)
	}
}

// What a request tells of the user: nothing.
func TestRequestIsPlain(t *testing.T) {
	list := theWorld().ca.list(t)
	headers := make(chan http.Header, 2)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		headers <- r.Header
		if r.URL.Path == "/moved" {
			_, _ = w.Write(list)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "you"})
		u := "http://taro:secret@" + r.Host + "/moved"
		http.Redirect(w, r, u, http.StatusMovedPermanently)
	})
	url := "http://taro:secret@" + s.Listener.Addr().String() + "/"
	got := asked(t, still(hpki(theWorld().ca, []string{url}, nil)), online.Options{Anywhere: true}, "")
	if r := got.Revocations[0]; r.Status != platform.RevocationGood {
		t.Fatalf("%+v", r)
	}
	want := http.Header{"User-Agent": {"yomitori"}, "Accept-Encoding": {"gzip"}, "Connection": {"close"}}
	for range 2 {
		same(t, want, <-headers)
	}
}

// The addresses are tried in turn, responders first, until one tells.
func TestSourcesInTurn(t *testing.T) {
	w := theWorld()
	good, forged := w.ca.list(t), w.impostor.list(t)
	answers := map[string][]byte{
		"/good.crl": good, "/forged.crl": forged, "/revoked.crl": w.ca.list(t, revoked(1)),
		"/good": w.ca.answer(t, w.ca), "/forged": w.impostor.answer(t, w.ca), "/later": ocsp.TryLaterErrorResponse,
		"/unknown": w.ca.answer(t, w.ca, func(r *ocsp.Response) { r.Status = ocsp.Unknown }),
	}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		raw, is := answers[r.URL.Path]
		if !is {
			w.WriteHeader(404)
		}
		_, _ = w.Write(raw)
	})
	const none, isGood, isRevoked = platform.RevocationStatus(""), platform.RevocationGood, platform.RevocationRevoked
	tests := []struct {
		name       string
		responders []string
		lists      []string
		asked      int32
		at         string
		status     platform.RevocationStatus
		signature  platform.Chain
		why        platform.Why
	}{
		{"the responder tells", []string{"/good"}, []string{"/revoked.crl"}, 1, "/good", isGood, "verified", ""},
		{"it does not know", []string{"/unknown"}, []string{"/good.crl"}, 2, "/good.crl", isGood, "verified", ""},
		{"it will later", []string{"/later"}, []string{"/good.crl"}, 2, "/good.crl", isGood, "verified", ""},
		{"somebody else answers", []string{"/forged"}, []string{"/revoked.crl"}, 2, "/revoked.crl", isRevoked, "verified", ""},
		{"it does not know and no list", []string{"/unknown"}, nil, 1, "/unknown", none, "verified", ""},
		{"it does not know and no list is there", []string{"/unknown"}, []string{"/gone.crl"}, 2, "/unknown", none, "verified", ""},
		{"somebody else and no list", []string{"/forged"}, nil, 1, "/forged", none, "broken", ""},
		{"the second list", nil, []string{"/gone.crl", "/good.crl", "/revoked.crl"}, 2, "/good.crl", isGood, "verified", ""},
		{"after a forged list", nil, []string{"/forged.crl", "/good.crl"}, 2, "/good.crl", isGood, "verified", ""},
		{"a forged list at last", nil, []string{"/gone.crl", "/forged.crl"}, 2, "/forged.crl", none, "broken", ""},
		{"nothing anywhere", []string{"/gone"}, []string{"/gone.crl"}, 2, "/gone.crl", none, "", platform.WhyBadAnswer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s.came.Store(0)
			card := hpki(w.ca, under(s.URL, tt.lists), under(s.URL, tt.responders))
			got := asked(t, still(card), online.Options{Anywhere: true}, "").Revocations[0]
			if got.URL != s.URL+tt.at || got.Status != tt.status || got.Signature != tt.signature || got.Why != tt.why || s.came.Load() != tt.asked {
				t.Errorf("asked %d times, got %+v", s.came.Load(), got)
			}
		})
	}
}

func under(base string, paths []string) []string {
	var all []string
	for _, p := range paths {
		all = append(all, base+p)
	}
	return all
}

func TestWhoIsNotAskedAbout(t *testing.T) {
	w := theWorld()
	s := serve(t, body(w.ca.list(t)))
	at := []string{s.URL}
	change := func(f func(*platform.Card)) platform.Card {
		c := hpki(w.ca, at, at)
		f(&c)
		return c
	}
	noIssuer := []platform.Revocation{{Look: failure(platform.WhyNoIssuer), Role: platform.RoleHPKIAuth, Serial: "1234567"}}
	tests := []struct {
		name string
		card platform.Card
		want []platform.Revocation
	}{
		{"a My Number Card", change(func(c *platform.Card) {
			c.Kind = platform.KindMyNumber
			c.Certificates[0].Role, c.Certificates[1].Role = platform.RoleAuth, platform.RoleAuthCA
		}), nil},
		{"HPKI roles on another card", change(func(c *platform.Card) { c.Kind = platform.KindUnknown }), nil},
		{"a certificate that was not read", change(func(c *platform.Card) { c.Certificates[0].State = platform.CertDamaged }), nil},
		{"no issuer on the card", change(func(c *platform.Card) { c.Certificates = c.Certificates[:1] }), noIssuer},
		{"an issuer that did not sign", change(func(c *platform.Card) { c.Certificates[0].Chain = platform.ChainBroken }), noIssuer},
		{"an issuer of another key", change(func(c *platform.Card) { c.Certificates[1].KeyID = "00" }), noIssuer},
		{"an issuer of which only facts are there", change(func(c *platform.Card) { c.Certificates[1].DER = nil }), noIssuer},
		{
			"no address", hpki(w.ca, nil, nil),
			[]platform.Revocation{{Look: failure(platform.WhyNoAddress), Role: platform.RoleHPKIAuth, Serial: "1234567"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := asked(t, still(tt.card), online.Options{Anywhere: true}, "")
			same(t, platform.Online{Look: platform.Seen(), Revocations: tt.want}, got)
			if n := s.came.Load(); n != 0 {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

package card_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/card"
	"yomitori/platform/card/cardtest"
)

// wire carries commands to a card in memory and checks each on its way.
type wire struct {
	t     testing.TB
	card  cardtest.Card
	fence card.Fence
	sent  []string
}

var errRemoved = platform.Fail(platform.WhyLostContact, errors.New("card removed"))

func (w *wire) Transmit(c card.Command) ([]byte, error) {
	raw := c.Bytes()
	if err := w.fence.Check(raw); err != nil {
		w.t.Error(err)
	}
	w.sent = append(w.sent, fmt.Sprintf("%X", raw))
	answer := w.card.Transmit(raw)
	w.fence.Note(raw, answer)
	if answer == nil {
		return nil, errRemoved
	}
	return answer, nil
}

func read(t testing.TB, c cardtest.Card) platform.Card {
	t.Helper()
	got := card.Read(&wire{t: t, card: c}, c.ATR())
	for _, v := range cardtest.Violations(c) {
		t.Errorf("sent to the card: %s", v)
	}
	return got
}

func TestReadHealthyCard(t *testing.T) {
	chip := cardtest.MyNumber(cardtest.Options{})
	got := read(t, chip)
	if !got.OK() || got.Kind != platform.KindMyNumber || got.Label != cardtest.LabelMyNumber {
		t.Errorf("look %+v, kind %q, label %q", got.Look, got.Kind, got.Label)
	}
	auth := got.Certificate(platform.RoleAuth)
	if auth == nil || auth.State != platform.CertRead || auth.Chain != platform.ChainVerified || auth.Key != "RSA-2048" {
		t.Fatalf("authentication certificate: %+v", auth)
	}
	if !auth.NotAfter.Equal(chip.Certificate.NotAfter) || auth.SHA256 != "" || auth.KeyID != "" {
		t.Errorf("authentication certificate: %+v", auth)
	}
	if ca := got.Certificate(platform.RoleAuthCA); ca == nil || ca.Chain != platform.ChainRoot || ca.SHA256 == "" {
		t.Errorf("CA certificate: %+v", ca)
	}
	want := platform.Pins{Auth: platform.TriesLeft(3), Signature: platform.TriesLeft(5)}
	if got.Pins != want {
		t.Errorf("pins %+v, want %+v", got.Pins, want)
	}
	if got.Expires != "2034-05-09" || got.Available == nil || got.Available.Signature != 0x8F {
		t.Errorf("expires %q, available %+v", got.Expires, got.Available)
	}
}

func TestNothingPersonalIsKept(t *testing.T) {
	got := fmt.Sprintf("%+v", read(t, cardtest.MyNumber(cardtest.Options{})))
	if secret := cardtest.TestSerial + cardtest.TestMunicipality; strings.Contains(got, secret) {
		t.Errorf("the card's facts contain %q:\n%s", secret, got)
	}
}

// The budget of DESIGN.md on a certificate of 1,650 bytes.
func TestBudget(t *testing.T) {
	chip := cardtest.MyNumber(cardtest.Options{CertificateSize: 1650, CASize: 1100})
	w := &wire{t: t, card: chip}
	got := card.Read(w, chip.ATR())
	if got.APDUs != len(w.sent) {
		t.Errorf("counted %d APDUs, sent %d", got.APDUs, len(w.sent))
	}
	const chunks, caChunks = 7, 5
	if most := 15 + caChunks + 1; got.APDUs > most {
		t.Errorf("reading cost %d APDUs, more than %d:\n%s", got.APDUs, most, strings.Join(w.sent, "\n"))
	}
	certificate := 1 // selecting the applet
	for i, c := range w.sent {
		if c == "00A4020C02000A" {
			certificate++
			for _, c := range w.sent[i+1:] {
				if !strings.HasPrefix(c, "00B0") {
					break
				}
				certificate++
			}
		}
	}
	if most := 2 + chunks + 1; certificate > most {
		t.Errorf("the certificate cost %d APDUs, more than %d", certificate, most)
	}
}

func TestKinds(t *testing.T) {
	for label, want := range map[string]platform.Kind{
		cardtest.LabelMyNumber: platform.KindMyNumber,
		cardtest.LabelJuki:     platform.KindJuki,
		cardtest.LabelAndroid:  platform.KindPhoneToken,
		cardtest.LabelIPhone:   platform.KindPhoneToken,
		"JPKINEXTTOKEN9":       platform.KindMyNumberUnknown,
		"\x01\x02\x1b[31m":     platform.KindMyNumberUnknown,
	} {
		if got := read(t, cardtest.MyNumber(cardtest.Options{Label: label})); got.Kind != want {
			t.Errorf("label %q: kind %q, want %q", label, got.Kind, want)
		}
	}
	stranger := read(t, cardtest.NewChip(cardtest.ATRContact))
	if !stranger.OK() || stranger.Kind != platform.KindUnknown {
		t.Errorf("a card without applets: %+v", stranger)
	}
}

func TestCertificateStates(t *testing.T) {
	tests := []struct {
		name  string
		o     cardtest.Options
		state platform.CertState
		chain platform.Chain
	}{
		{"missing", cardtest.Options{Certificate: cardtest.Missing}, platform.CertMissing, ""},
		{"all FF", cardtest.Options{Certificate: cardtest.Blank}, platform.CertMissing, ""},
		{"cut, 6B00", cardtest.Options{Certificate: cardtest.Cut}, platform.CertDamaged, ""},
		{"cut, 6282", cardtest.Options{Certificate: cardtest.Cut, EndOfFile: 0x6282}, platform.CertDamaged, ""},
		{"random bytes", cardtest.Options{Certificate: cardtest.Damaged}, platform.CertDamaged, ""},
		{"behind the PIN", cardtest.Options{Certificate: cardtest.ByPIN}, platform.CertNeedsPIN, ""},
		{"from another CA", cardtest.Options{Certificate: cardtest.OtherCA}, platform.CertRead, platform.ChainBroken},
		{"CA missing", cardtest.Options{CA: cardtest.Missing}, platform.CertRead, ""},
		{"EC key", cardtest.Options{Key: cardtest.P384}, platform.CertRead, platform.ChainVerified},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, cardtest.MyNumber(tt.o))
			auth := got.Certificate(platform.RoleAuth)
			if !got.OK() || auth == nil || auth.State != tt.state || auth.Chain != tt.chain {
				t.Errorf("look %+v, certificate %+v", got.Look, auth)
			}
		})
	}
}

func TestCounters(t *testing.T) {
	tests := []struct {
		name string
		o    cardtest.Options
		want platform.Pins
	}{
		{"untouched", cardtest.Options{}, platform.Pins{Auth: platform.TriesLeft(3), Signature: platform.TriesLeft(5)}},
		{"last try", cardtest.Options{AuthTries: 1, SignatureTries: 1}, platform.Pins{Auth: platform.TriesLeft(1), Signature: platform.TriesLeft(1)}},
		{"6984", cardtest.Options{AuthTries: cardtest.Locked}, platform.Pins{Auth: platform.Locked(), Signature: platform.TriesLeft(5)}},
		{"6983", cardtest.Options{SignatureTries: cardtest.Locked, LockedWord: 0x6983}, platform.Pins{Auth: platform.TriesLeft(3), Signature: platform.Locked()}},
		{"63C0", cardtest.Options{AuthTries: cardtest.Locked, LockedWord: 0x63C0}, platform.Pins{Auth: platform.Locked(), Signature: platform.TriesLeft(5)}},
		{"no short ids", cardtest.Options{AuthTries: 2, NoShortIDs: 0x6A86}, platform.Pins{Auth: platform.TriesLeft(2), Signature: platform.TriesLeft(5)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, cardtest.MyNumber(tt.o))
			if got.Pins != tt.want || got.Label != cardtest.LabelMyNumber || got.Available == nil {
				t.Errorf("pins %+v, want %+v (label %q)", got.Pins, tt.want, got.Label)
			}
		})
	}
}

// facts drops from a card what says how reading went.
func facts(c platform.Card) platform.Card {
	c.APDUs, c.Bytes, c.Retries, c.Trace = 0, 0, 0, nil
	return c
}

func TestPassingFaultsChangeNothing(t *testing.T) {
	chip := func() *cardtest.MyNumberCard { return cardtest.MyNumber(cardtest.Options{}) }
	want := facts(read(t, chip()))
	for name, c := range map[string]cardtest.Card{
		"6F00 now and then":  cardtest.AnswerEvery(chip(), 5, 0x6F, 0x00),
		"6Cxx":               cardtest.ExactLe(chip()),
		"61xx":               cardtest.GetResponse(chip()),
		"chunks of 16 bytes": cardtest.ChunkLimit(chip(), 16),
	} {
		whole := read(t, c)
		if repeats := name == "6F00 now and then"; (whole.Retries > 0) != repeats {
			t.Errorf("%s: %d retries", name, whole.Retries)
		}
		got := facts(whole)
		if d := cmp.Diff(want, got, cmp.Comparer(func(a, b platform.Tries) bool { return a == b })); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// A card whose answers never end is given up.
func TestEndlessCard(t *testing.T) {
	got := card.Read(endless{}, nil)
	if got.OK() || got.APDUs > 1000 || len(got.Trace) > 1000 {
		t.Errorf("%+v after %d commands", got.Look, got.APDUs)
	}
}

// endless has one more byte to fetch, always.
type endless struct{}

func (endless) Transmit(card.Command) ([]byte, error) { return []byte{0x00, 0x61, 0x01}, nil }

func TestRemovalAtEveryCommand(t *testing.T) {
	whole := read(t, cardtest.MyNumber(cardtest.Options{}))
	for n := 1; n <= whole.APDUs; n++ {
		c := cardtest.RemoveAt(cardtest.MyNumber(cardtest.Options{}), n, func() {})
		got := read(t, c)
		if got.State != platform.Failed || got.Why != platform.WhyLostContact || got.APDUs != n {
			t.Errorf("removed at command %d: %+v after %d", n, got.Look, got.APDUs)
		}
		for _, v := range got.Certificates {
			if v.State != platform.CertRead {
				t.Errorf("removed at command %d: certificate judged %q", n, v.State)
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for _, delay := range []time.Duration{0, 20 * time.Millisecond} {
		b.Run(delay.String(), func(b *testing.B) {
			c := cardtest.Delay(cardtest.MyNumber(cardtest.Options{CertificateSize: 1650}), delay)
			var got platform.Card
			for b.Loop() {
				got = read(b, c)
			}
			b.ReportMetric(float64(got.APDUs), "APDUs")
			b.ReportMetric(float64(got.Bytes), "bytes")
		})
	}
}

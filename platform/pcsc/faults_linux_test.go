package pcsc_test

import (
	"testing"
	"time"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/pcsc/pcsctest"
)

// judged is when the virtual cards are judged: within their dates.
var judged = time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)

// Every card and every fault, through the real service, to the cause that a
// person is told. An empty cause is a card that works.
func TestCardsAndFaults(t *testing.T) {
	myNumber := func(o cardtest.Options) cardtest.Card { return cardtest.MyNumber(o) }
	hpki := func(o cardtest.HPKIOptions) cardtest.Card { return cardtest.HPKI(o) }
	tests := []struct {
		name    string
		card    cardtest.Card
		purpose checks.Purpose
		cause   checks.ID
		finding checks.ID // that must be there, besides the cause
	}{
		{"healthy", healthy(), checks.Any, "", checks.CardOK},
		{"Juki card", myNumber(cardtest.Options{Label: cardtest.LabelJuki, OnlyJPKI: true}), checks.Any, checks.CardJuki, ""},
		{"Android token", myNumber(cardtest.Options{Label: cardtest.LabelAndroid, OnlyJPKI: true, Certificate: cardtest.ByPIN}), checks.Any, "", checks.CardPhoneToken},
		{"iPhone token", myNumber(cardtest.Options{Label: cardtest.LabelIPhone, OnlyJPKI: true, Certificate: cardtest.ByPIN}), checks.Any, "", checks.CardPhoneToken},
		{"next generation", myNumber(cardtest.Options{NextGeneration: true}), checks.Any, "", checks.CardNewGeneration},
		{"face authentication", myNumber(cardtest.Options{FaceAuthentication: true}), checks.Any, checks.CardFaceAuth, ""},
		{"test card", myNumber(cardtest.Options{TestCard: true}), checks.Any, checks.CardTest, ""},

		{"HPKI in the field", hpki(cardtest.HPKIOptions{Role: "Pharmacist"}), checks.HPKI, "", checks.CardOK},
		{"HPKI of the guideline", hpki(cardtest.HPKIOptions{Layout: cardtest.GuidelineLayout}), checks.HPKI, "", checks.CardOK},
		{"HPKI for e-Tax", hpki(cardtest.HPKIOptions{}), checks.ETax, checks.CardWrongKind, ""},
		{"HPKI locked", hpki(cardtest.HPKIOptions{Auth: cardtest.HPKIPart{Tries: cardtest.Locked}}), checks.HPKI, checks.PinHPKILocked, ""},
		{"HPKI blocked, 6283", hpki(cardtest.HPKIOptions{Signature: cardtest.HPKIPart{Blocked: true}}), checks.HPKI, checks.PinHPKILocked, ""},
		{"My Number Card for HPKI", healthy(), checks.HPKI, "", checks.CardWrongKind},

		{"security key", cardtest.PIV(cardtest.PIVOptions{}), checks.ETax, checks.CardWrongKind, ""},
		{"driving licence", cardtest.Applets(cardtest.AIDLicence1), checks.ETax, checks.CardWrongKind, ""},
		{"residence card", cardtest.Applets(cardtest.AIDResidence1), checks.ETax, checks.CardWrongKind, ""},
		{"passport", cardtest.Applets(cardtest.AIDPassport), checks.Mynaportal, checks.CardWrongKind, ""},
		{"OpenPGP", cardtest.Applets(cardtest.AIDOpenPGP), checks.HPKI, checks.CardWrongKind, ""},
		{"bank card without contact", cardtest.Applets(cardtest.AIDPPSE), checks.ETax, checks.CardWrongKind, ""},
		{"bank card", cardtest.Applets(cardtest.AIDPSE), checks.ETax, checks.CardWrongKind, ""},
		{"MIFARE", cardtest.Storage(cardtest.ATRMIFARE1K), checks.HPKI, checks.CardStorage, ""},
		{"Suica", cardtest.Storage(cardtest.ATRFeliCa), checks.ETax, checks.CardStorage, ""},
		{"B-CAS", cardtest.Storage(cardtest.ATRBCAS), checks.ETax, checks.CardWrongKind, ""},
		{"stranger", cardtest.NewChip(cardtest.ATRContact), checks.ETax, checks.CardUnknown, ""},

		{"locked, 63C0", myNumber(cardtest.Options{AuthTries: cardtest.Locked, LockedWord: 0x63C0}), checks.Any, checks.PinAuthLocked, ""},
		{"locked, 6983", myNumber(cardtest.Options{AuthTries: cardtest.Locked, LockedWord: 0x6983}), checks.Any, checks.PinAuthLocked, ""},
		{"locked, 6984", myNumber(cardtest.Options{AuthTries: cardtest.Locked, LockedWord: 0x6984}), checks.Any, checks.PinAuthLocked, ""},
		{"one try left", myNumber(cardtest.Options{AuthTries: 1}), checks.Any, "", checks.PinAuthLastTry},
		{"cut, 6B00", myNumber(cardtest.Options{Certificate: cardtest.Cut, EndOfFile: 0x6B00}), checks.Any, checks.CertDamaged, ""},
		{"cut, 6282", myNumber(cardtest.Options{Certificate: cardtest.Cut, EndOfFile: 0x6282}), checks.Any, checks.CertDamaged, ""},
		{"all FF", myNumber(cardtest.Options{Certificate: cardtest.Blank}), checks.Any, checks.CertMissing, ""},
		{"random bytes", myNumber(cardtest.Options{Certificate: cardtest.Damaged}), checks.Any, checks.CertDamaged, ""},
		{"from another CA", myNumber(cardtest.Options{Certificate: cardtest.OtherCA}), checks.Any, checks.CertChain, ""},
		{"6Cxx", cardtest.ExactLe(healthy()), checks.Any, "", checks.CardOK},
		{"61xx", cardtest.GetResponse(healthy()), checks.Any, "", checks.CardOK},
		{"chunks of 16 bytes", cardtest.ChunkLimit(healthy(), 16), checks.Any, "", checks.CardOK},
		{"6F00 now and then", cardtest.AnswerEvery(healthy(), 5, 0x6F, 0x00), checks.Any, "", checks.CardOK},
		{"300 ms for each command", cardtest.Delay(healthy(), 300*time.Millisecond), checks.Any, "", checks.CardOK},
		{"HPKI, 6Cxx", cardtest.ExactLe(cardtest.HPKI(cardtest.HPKIOptions{})), checks.HPKI, "", checks.CardOK},
		{"HPKI, 300 ms for each command", cardtest.Delay(cardtest.HPKI(cardtest.HPKIOptions{}), 300*time.Millisecond), checks.HPKI, "", checks.CardOK},
		{"stops answering", cardtest.HangAt(healthy(), 6), checks.Any, checks.CardMute, ""},
	}
	if testing.Short() {
		t.Skip("many insertions of the same kind")
	}
	service := pcsctest.Start(t)
	w := follow(t)
	w.until("empty readers", empty)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w.t = t
			slot := service.Insert(0, tt.card)
			s := w.until("a verdict", inSlot(0, func(platform.Card) bool { return true }))
			s.System, s.Devices = platform.System{Look: platform.Seen(), OS: "windows"}, platform.Devices{Look: platform.Seen()}
			d := checks.Diagnose(s, checks.Question{Purpose: tt.purpose}, judged)
			if got := causeOf(d); got != tt.cause {
				t.Errorf("cause %q, want %q: %+v", got, tt.cause, d.Findings)
			}
			if tt.finding != "" && d.Find(tt.finding) == nil {
				t.Errorf("no %s: %+v", tt.finding, d.Findings)
			}
			slot.Remove()
			w.until("empty readers", func(s platform.Snapshot) bool { return len(s.Readers.List) > 0 && !s.Readers.List[0].CardIn })
		})
	}
}

func causeOf(d checks.Diagnosis) checks.ID {
	if d.Cause == nil {
		return ""
	}
	return d.Cause.ID
}

// The certificate of a security key is read by piv-go, after we let go.
func TestSecurityKey(t *testing.T) {
	service := pcsctest.Start(t)
	w := follow(t)
	w.until("empty readers", empty)
	service.Insert(0, cardtest.PIV(cardtest.PIVOptions{}))
	s := w.until("the key", inSlot(0, func(c platform.Card) bool { return c.Kind == platform.KindPIV }))
	if c := s.Cards.List[0].Certificate(platform.RolePIV); c == nil || c.State != platform.CertRead || c.NotAfter.IsZero() {
		t.Errorf("certificate %+v", c)
	}
}

// A SIM slot always has a card, a SAM slot may; neither is where a person puts one.
func TestSlotsThatAreNoReaders(t *testing.T) {
	for name, class := range map[string]platform.ReaderClass{
		"Microsoft UICC ISO Reader 3f873476":                platform.ReaderSIM,
		"ACS ACR1252 Dual Reader [ACR1252 Dual Reader SAM]": platform.ReaderSAM,
	} {
		t.Run(string(class), func(t *testing.T) {
			service := pcsctest.StartWith(t, pcsctest.Setup{Readers: 1, Name: name})
			w := follow(t)
			w.until("an empty slot", empty)
			service.Insert(0, cardtest.SIM())
			s := w.until("the card", inSlot(0, func(platform.Card) bool { return true }))
			if got := s.Readers.List[0].Class; got != class {
				t.Errorf("class %q, want %q", got, class)
			}
			s.Devices = platform.Devices{Look: platform.Seen()}
			if got := causeOf(checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, judged)); got != checks.ReaderOnlyVirtual {
				t.Errorf("cause %q", got)
			}
		})
	}
}

// A reader that is unplugged while its card is read takes the card with it.
func TestUnpluggedInMidRead(t *testing.T) {
	service := pcsctest.Start(t)
	w := follow(t)
	w.until("empty readers", empty)
	service.Insert(0, cardtest.HangAt(healthy(), 5))
	w.until("a card that is being read", func(s platform.Snapshot) bool {
		return len(s.Cards.List) == 1 && !s.Cards.List[0].Settled()
	})
	service.RestartWith(pcsctest.Setup{Readers: 0})
	w.until("no readers", func(s platform.Snapshot) bool {
		return s.Readers.OK() && len(s.Readers.List) == 0 && len(s.Cards.List) == 0
	})
}

package pcsc_test

import (
	"context"
	"os"
	"testing"
	"time"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/pcsc"
)

// The tests in this file talk to a winscard.dll that answers as they say; see
// .ci/wine-parts/script.c.

const scriptedReader = "SONY FeliCa Port/PaSoRi 4.0 0"

// scripted sets variables of the script.
func scripted(t *testing.T, settings map[string]string) {
	t.Helper()
	if os.Getenv("YOMITORI_WINE") != "1" {
		t.Skip("needs the winscard.dll of .ci/wine")
	}
	for name, value := range settings {
		t.Setenv("YOMITORI_SCARD_"+name, value)
	}
}

// settledOn follows the readers until they, and a card if there is one, have
// settled, and judges a Windows PC with a reader attached by that.
func settledOn(t *testing.T, card bool) (platform.Snapshot, checks.Diagnosis) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	done := func(s platform.Snapshot) bool {
		if !s.Readers.Settled() || !s.Cards.Settled() {
			return false
		}
		return !card || len(s.Cards.List) > 0 && s.Cards.List[0].Settled()
	}
	s, err := platform.Observe(ctx, platform.Plan{Live: pcsc.New().Follow}, done)
	if err != nil || !done(s) {
		t.Fatalf("never settled: readers %+v, cards %+v, %v", s.Readers, s.Cards, err)
	}
	s.System = platform.System{Look: platform.Seen(), OS: "windows"}
	s.Devices = platform.Devices{Look: platform.Seen(), List: []platform.Device{{Name: "PaSoRi", Class: platform.ClassCCID}}}
	return s, checks.Diagnose(s, checks.Question{Purpose: checks.Any}, s.Taken)
}

// unknown is the cause where nothing is known but that something failed.
const unknown = checks.ID("")

func TestCodesOfTheService(t *testing.T) {
	tests := []struct {
		name, code string
		at         []string
		cause      checks.ID
	}{
		{"no service", "8010001D", []string{"ESTABLISH", "LIST", "STATUS"}, checks.ReaderServiceStopped},
		{"service stopped", "8010001E", []string{"ESTABLISH", "LIST", "STATUS"}, checks.ReaderServiceStopped},
		{"security violation", "8010006A", []string{"ESTABLISH", "LIST", "STATUS"}, checks.ReaderAccessDenied},
		{"reader unavailable", "80100017", []string{"ESTABLISH", "LIST", "STATUS"}, checks.ReaderFailing},
		{"timeout", "8010000A", []string{"ESTABLISH", "LIST"}, checks.ReaderFailing}, // of a wait it is none
		{"no readers", "8010002E", []string{"LIST"}, checks.ReaderDriverMissing},
		{"unknown reader", "80100009", []string{"LIST", "STATUS"}, checks.ReaderFailing},
		{"internal error", "80100001", []string{"ESTABLISH", "LIST", "STATUS"}, unknown},
		{"invalid handle", "6", []string{"ESTABLISH", "LIST", "STATUS"}, unknown},
		{"RPC server unavailable", "6BA", []string{"ESTABLISH", "LIST", "STATUS"}, unknown},
		{"code that nobody knows", "80104711", []string{"ESTABLISH", "LIST", "STATUS"}, unknown},
	}
	for _, tt := range tests {
		for _, at := range tt.at {
			t.Run(tt.name+" at "+at, func(t *testing.T) {
				scripted(t, map[string]string{"READER": scriptedReader, "FAIL_" + at: tt.code})
				s, d := settledOn(t, false)
				if got := nameOf(d.Cause); got != tt.cause {
					t.Errorf("cause %q, want %q; readers %+v", got, tt.cause, s.Readers)
				}
				if tt.cause == unknown && s.Readers.Why != platform.WhyError {
					t.Errorf("readers %+v", s.Readers)
				}
			})
		}
	}
}

func TestCodesOfTheCard(t *testing.T) {
	tests := []struct {
		name, code string
		cause      checks.ID
	}{
		{"unknown reader", "80100009", checks.CardLostContact},
		{"timeout", "8010000A", checks.CardMute},
		{"sharing violation", "8010000B", checks.CardBusy},
		{"no smart card", "8010000C", checks.CardLostContact},
		{"unknown card", "8010000D", unknown},
		{"protocol mismatch", "8010000F", checks.CardMute},
		{"not ready", "80100010", checks.CardLostContact},
		{"communication error", "80100013", checks.CardLostContact},
		{"not transacted", "80100016", checks.CardLostContact},
		{"reader unavailable", "80100017", checks.CardLostContact},
		{"card unsupported", "8010001C", checks.CardMute},
		{"no provider", "80100020", unknown},
		{"no certificate", "8010002D", unknown},
		{"data lost", "8010002F", checks.CardLostContact},
		{"no key container", "80100030", unknown},
		{"unsupported card", "80100065", checks.CardMute},
		{"unresponsive", "80100066", checks.CardMute},
		{"unpowered", "80100067", checks.CardLostContact},
		{"reset", "80100068", checks.CardLostContact},
		{"removed", "80100069", checks.CardLostContact},
		{"security violation", "8010006A", unknown},
		{"code that nobody knows", "80104711", unknown},
	}
	for _, at := range []string{"CONNECT", "TRANSMIT"} {
		for _, tt := range tests {
			t.Run(tt.name+" at "+at, func(t *testing.T) {
				scripted(t, map[string]string{"READER": scriptedReader, "FAIL_" + at: tt.code})
				s, d := settledOn(t, true)
				if got := nameOf(d.Cause); got != tt.cause {
					t.Errorf("cause %q, want %q; cards %+v", got, tt.cause, s.Cards)
				}
				if s.Cards.List[0].OK() {
					t.Errorf("cards %+v", s.Cards)
				}
			})
		}
	}
}

func nameOf(f *checks.Finding) checks.ID {
	if f == nil {
		return unknown
	}
	return f.ID
}

// A card that answers, and knows nothing of what is looked for.
func TestCardOfTheScript(t *testing.T) {
	scripted(t, map[string]string{"READER": scriptedReader})
	s, d := settledOn(t, true)
	if got := nameOf(d.Cause); got != checks.CardUnknown || s.Readers.List[0].Name != "SONY FeliCa Port/PaSoRi 4.0" {
		t.Errorf("cause %q; readers %+v", got, s.Readers)
	}
}

// The program sees a card come and go without any event but the state.
func TestCardComesAndGoes(t *testing.T) {
	const empty, present = "10", "20"
	scripted(t, map[string]string{"READER": scriptedReader, "STATE": empty})
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	came := false
	s, err := platform.Observe(ctx, platform.Plan{Live: pcsc.New().Follow}, func(s platform.Snapshot) bool {
		if !s.Cards.OK() || len(s.Readers.List) == 0 {
			return false
		}
		in := s.Readers.List[0].CardIn
		switch {
		case !came && !in:
			t.Setenv("YOMITORI_SCARD_STATE", present)
		case in && len(s.Cards.List) > 0 && s.Cards.List[0].Settled():
			came = true
			t.Setenv("YOMITORI_SCARD_STATE", empty)
		}
		return came && !in
	})
	if err != nil || !came || len(s.Cards.List) != 0 {
		t.Errorf("came %v, last view %+v, %v", came, s.Cards, err)
	}
}

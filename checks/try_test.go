package checks_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

// What is tried first is what the user's words speak for and nobody saw to be
// fine.
func TestTry(t *testing.T) {
	tests := []struct {
		name     string
		computer string
		purpose  checks.Purpose
		told     checks.Told
		want     []checks.Hint
	}{
		{"nothing told", "healthy", checks.ETax, checks.Told{}, nil},
		{"moved only", "healthy", checks.Mynaportal, checks.Told{Moved: checks.Yes}, nil},
		{"at login", "healthy", checks.Mynaportal, checks.Told{Moment: checks.MomentLogin}, []checks.Hint{checks.TryReplugReader, checks.TryReseatCard, checks.TryQuitBrowser}},
		{"no reaction, of e-Tax's own nobody saw anything", "healthy", checks.ETax, checks.Told{Moment: checks.MomentNothing}, []checks.Hint{checks.TryExtension, checks.TryReplugReader, checks.TryReseatCard}},
		{"at the PIN", "healthy", checks.Mynaportal, checks.Told{Moment: checks.MomentPIN}, []checks.Hint{checks.TryQuitBrowser, checks.TryValidity, checks.TryPIN}},
		{"a locked password, says the page", "healthy", checks.ETax, checks.Told{Message: checks.MessageHJS0432E}, []checks.Hint{checks.TryPIN, checks.TryQuitBrowser}},
		{"the certificate, says the page", "healthy", checks.Mynaportal, checks.Told{Message: checks.MessageEI1232008}, []checks.Hint{checks.TryValidity, checks.TryQuitBrowser}},
		{"a clinic's certificate", "hpki-healthy", checks.HPKI, checks.Told{Moment: checks.MomentPIN}, []checks.Hint{checks.TryQuitBrowser, checks.TryAuthority, checks.TryPIN}},
		{"two readers", "nfc-conflict", checks.Mynaportal, checks.Told{Message: checks.MessageSetCard}, []checks.Hint{checks.TryOneReader, checks.TryReseatCard, checks.TryReplugReader}},
		{"a message of nobody", "healthy", checks.Mynaportal, checks.Told{Unrecognised: true}, []checks.Hint{checks.TryQuitBrowser}},
		{"a cause was found", "extension-off", checks.Mynaportal, checks.Told{Moment: checks.MomentLogin}, nil},
		{"the cause is elsewhere", "hpki-healthy", checks.HPKI, checks.Told{Message: checks.MessageUserDisabled}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, tt.computer)
			d := checks.Diagnose(s, checks.Question{Purpose: tt.purpose, Told: tt.told}, s.Taken)
			if diff := cmp.Diff(tt.want, d.Try()); diff != "" {
				t.Errorf("outcome %s (-want +got):\n%s", d.Outcome(), diff)
			}
		})
	}
}

// Nobody who tells that something fails hears that all is well.
func TestOutcomeOfWhatFails(t *testing.T) {
	unseen := func(s *platform.Snapshot) { s.Network.Look = platform.Failure(platform.WhyError, nil) }
	tests := []struct {
		name   string
		told   checks.Told
		change func(*platform.Snapshot)
		want   checks.Outcome
	}{
		{"nothing", checks.Told{}, nil, checks.NothingToDo},
		{"nothing, not all seen", checks.Told{}, unseen, checks.Undetermined},
		{"three answers", checks.Told{Moved: checks.No, Renamed: checks.No, Lost: checks.No}, nil, checks.NothingToDo},
		{"a moment", checks.Told{Moment: checks.MomentWhite}, nil, checks.NotHere},
		{"a message", checks.Told{Message: checks.MessageEW000J0200}, nil, checks.NotHere},
		{"a message, not all seen", checks.Told{Message: checks.MessageEW000J0200}, unseen, checks.NotHere},
		{"a message that no login minds", checks.Told{Message: checks.MessageNotVerifiable}, nil, checks.NothingToDo},
		{"the same, and something fails", checks.Told{Message: checks.MessageNotVerifiable, Moment: checks.MomentPIN}, nil, checks.NotHere},
		{"what nobody knows", checks.Told{Unrecognised: true}, nil, checks.NotHere},
		{"elsewhere", checks.Told{Message: checks.MessageUserDisabled}, nil, checks.CauseElsewhere},
		{"elsewhere, not all seen", checks.Told{Message: checks.MessageUserDisabled}, unseen, checks.Undetermined},
		{"still looking", checks.Told{Moment: checks.MomentWhite}, func(s *platform.Snapshot) { s.Network.Look = platform.Look{} }, checks.StillLooking},
		{"a cause", checks.Told{Message: checks.MessageUserDisabled}, func(s *platform.Snapshot) { s.Cards.List[0].Pins.HPKI = platform.Locked() }, checks.CauseFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, "hpki-healthy")
			if tt.change != nil {
				tt.change(&s)
			}
			if got := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI, Told: tt.told}, s.Taken).Outcome(); got != tt.want {
				t.Errorf("outcome %s, want %s", got, tt.want)
			}
		})
	}
}

// What the page said and when are both heard, so no two moments give the same
// advice.
func TestMomentsDifferInWhatToTry(t *testing.T) {
	s := computer(t, "healthy")
	for _, p := range []checks.Purpose{checks.ETax, checks.Mynaportal} {
		for _, m := range []checks.Message{"", checks.MessageHUB0002} {
			seen := map[string]checks.Moment{}
			for _, when := range checks.Moments {
				d := checks.Diagnose(s, checks.Question{Purpose: p, Told: checks.Told{Message: m, Moment: when}}, s.Taken)
				if d.Outcome() != checks.NotHere { // HUB0002 at the last step speaks for the session itself
					continue
				}
				key := fmt.Sprint(d.Try())
				if other, ok := seen[key]; ok {
					t.Errorf("%s %s: %s and %s: %s", p, m, other, when, key)
				}
				seen[key] = when
			}
		}
	}
	login := checks.Diagnose(s, checks.Question{Purpose: checks.ETax, Told: checks.Told{Message: checks.MessageHUB0002, Moment: checks.MomentLogin}}, s.Taken)
	want := []checks.Hint{checks.TryReplugReader, checks.TryReseatCard, checks.TryExtension}
	if diff := cmp.Diff(want, login.Try()); diff != "" {
		t.Errorf("HUB0002 right after the button (-want +got):\n%s", diff)
	}
}

// A guess stands among what to try, and not above it as well.
func TestGuessAsksForNoAttention(t *testing.T) {
	s := computer(t, "healthy")
	d := checks.Diagnose(s, checks.Question{Purpose: checks.ETax, Told: checks.Told{Message: checks.MessageHUB0002}}, s.Taken)
	if d.Find(checks.BrowserSessionStale) == nil || len(d.Attention()) > 0 {
		t.Errorf("attention: %+v", d.Attention())
	}
}

// Who met a message that no login minds hears so above the lists.
func TestHarmlessMessageAsksForAttention(t *testing.T) {
	s := computer(t, "hpki-healthy")
	d := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI, Told: checks.Told{Message: checks.MessageNoIntegrity}}, s.Taken)
	if all := d.Attention(); len(all) != 1 || all[0].ID != checks.StoreCAOutdated {
		t.Errorf("attention: %+v", all)
	}
}

package checks_test

import (
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
		{"at login", "healthy", checks.Mynaportal, checks.Told{Moment: checks.MomentLogin}, []checks.Hint{checks.TryQuitBrowser, checks.TryReplugReader, checks.TryReseatCard}},
		{"no reaction, of e-Tax's own nobody saw anything", "healthy", checks.ETax, checks.Told{Moment: checks.MomentNothing}, []checks.Hint{checks.TryExtension, checks.TryQuitBrowser, checks.TryReplugReader}},
		{"at the PIN", "healthy", checks.Mynaportal, checks.Told{Moment: checks.MomentPIN}, []checks.Hint{checks.TryQuitBrowser, checks.TryValidity, checks.TryPIN}},
		{"a locked password, says the page", "healthy", checks.ETax, checks.Told{Message: checks.MessageHJS0432E}, []checks.Hint{checks.TryPIN, checks.TryQuitBrowser}},
		{"the certificate, says the page", "healthy", checks.Mynaportal, checks.Told{Message: checks.MessageEI1232008}, []checks.Hint{checks.TryValidity, checks.TryQuitBrowser, checks.TryReseatCard}},
		{"a clinic's certificate", "hpki-healthy", checks.HPKI, checks.Told{Moment: checks.MomentPIN}, []checks.Hint{checks.TryQuitBrowser, checks.TryAuthority, checks.TryPIN}},
		{"two readers", "nfc-conflict", checks.Mynaportal, checks.Told{Message: checks.MessageSetCard}, []checks.Hint{checks.TryOneReader, checks.TryQuitBrowser, checks.TryReseatCard}},
		{"no answer at login", "healthy", checks.ETax, checks.Told{Message: checks.MessageHUB0002, Moment: checks.MomentLogin}, []checks.Hint{checks.TryQuitBrowser, checks.TryExtension, checks.TryReplugReader}},
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

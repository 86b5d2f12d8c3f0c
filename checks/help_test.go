package checks_test

import (
	"testing"

	"pgregory.net/rapid"

	"yomitori/checks"
	"yomitori/platform"
)

// A row is a computer before a repair and after it, and what is said of that.
func TestHelpOf(t *testing.T) {
	edge := platform.QuitBrowser(platform.BrowserEdge)
	enable := platform.EnableService("SCardSvr")
	driver := platform.Open(platform.PlaceHPKIDriver)
	nfcOff := platform.TurnOffDevice("acpi-nxp1000")
	told := checks.Told{Message: checks.MessageHUB0002, Moment: checks.MomentSend}
	tests := []struct {
		name          string
		before, after example
		repair        platform.Repair
		want          checks.Help
	}{
		{
			"service enabled",
			example{from: "service-disabled", purpose: checks.ETax},
			example{from: "healthy", purpose: checks.ETax},
			enable, checks.Helped,
		},
		{
			"service as it was",
			example{from: "service-disabled", purpose: checks.ETax},
			example{from: "service-disabled", purpose: checks.ETax},
			enable, checks.NotHelped,
		},
		{
			"service, still looking",
			example{from: "service-disabled", purpose: checks.ETax},
			example{from: "healthy", changes: with(notLooked), purpose: checks.ETax},
			enable, checks.StillLooks,
		},
		{
			"service enabled, and something else is the matter",
			example{from: "service-disabled", purpose: checks.ETax},
			example{from: "healthy", changes: with(refused(platform.AreaReaders)), purpose: checks.ETax},
			enable, checks.Helped,
		},
		{
			"not offered for anything",
			example{from: "healthy", purpose: checks.ETax},
			example{from: "healthy", purpose: checks.ETax},
			enable, checks.CannotTell,
		},
		{
			"reader restarted, and the service stopped",
			example{from: "healthy", changes: with(deadHub), purpose: checks.ETax},
			example{from: "no-card", changes: with(serviceStopped), purpose: checks.ETax},
			platform.RefreshPCSC(), checks.CannotTell,
		},
		{
			"NFC off",
			example{from: "nfc-conflict", purpose: checks.ETax},
			example{from: "nfc-conflict", changes: with(nfcGone), purpose: checks.ETax},
			nfcOff, checks.Helped,
		},
		{
			"NFC off, and the devices refused",
			example{from: "nfc-conflict", purpose: checks.ETax},
			example{from: "nfc-conflict", changes: with(nfcGone, refused(platform.AreaDevices)), purpose: checks.ETax},
			nfcOff, checks.CannotTell,
		},
		{
			"hung program ended",
			example{from: "healthy", changes: with(withProcess(hungClient)), purpose: checks.ETax},
			example{from: "healthy", purpose: checks.ETax},
			platform.EndProgram(400), checks.Helped,
		},
		{
			"hung program ended, another one hangs",
			example{from: "healthy", changes: with(withProcess(hungClient)), purpose: checks.ETax},
			example{from: "healthy", changes: with(withProcess(hungAgain)), purpose: checks.ETax},
			platform.EndProgram(400), checks.NotHelped,
		},
		{
			"background browser quit",
			example{from: "hpki-healthy", changes: with(inBackground(platform.BrowserEdge)), purpose: checks.HPKI},
			example{from: "hpki-healthy", changes: with(closed(platform.BrowserEdge)), purpose: checks.HPKI},
			edge, checks.Helped,
		},
		{
			"background browser quit, and the card taken out",
			example{from: "hpki-healthy", changes: with(inBackground(platform.BrowserEdge)), purpose: checks.HPKI},
			example{from: "hpki-healthy", changes: with(closed(platform.BrowserEdge), cardOut), purpose: checks.HPKI},
			edge, checks.CannotTell,
		},
		{
			"remembered choice, which nobody sees",
			example{from: "healthy", purpose: checks.ETax, told: told},
			example{from: "healthy", changes: with(closed(platform.BrowserEdge)), purpose: checks.ETax, told: told},
			edge, checks.CannotTell,
		},
		{
			"remembered choice, and nothing told after it",
			example{from: "healthy", purpose: checks.ETax, told: told},
			example{from: "healthy", purpose: checks.ETax},
			edge, checks.CannotTell,
		},
		{
			"driver installed",
			example{from: "hpki-driver-missing", purpose: checks.HPKI},
			example{from: "hpki-healthy", purpose: checks.HPKI},
			driver, checks.Helped,
		},
		{
			"driver, and the card taken out",
			example{from: "hpki-driver-missing", purpose: checks.HPKI},
			example{from: "hpki-driver-missing", changes: with(cardOut), purpose: checks.HPKI},
			driver, checks.CannotTell,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after := tt.before.diagnose(t), tt.after.diagnose(t)
			if got := checks.HelpOf(before, after, tt.repair); got != tt.want {
				t.Errorf("got %s, want %s\nbefore:\n%s\nafter:\n%s", got, tt.want, list(before), list(after))
			}
		})
	}
}

// hungAgain is the same program, started anew.
var hungAgain = func() platform.Process { p := hungClient; p.ID++; return p }()

func notLooked(s *platform.Snapshot) { s.Readers = platform.Readers{} }

// nfcGone is a laptop on which the NFC was turned off: PC/SC lists it no more.
func nfcGone(s *platform.Snapshot) {
	nfcProblem(platform.ProblemDisabled)(s)
	var left []platform.Reader
	for _, r := range s.Readers.List {
		if r.Class != platform.ReaderBuiltNFC {
			left = append(left, r)
		}
	}
	s.Readers.List = left
}

// TestNothingHelpsWhereNothingChanged holds for every repair and diagnosis; what
// was offered and what came of it is the same in both, and nothing is held to
// have helped that was not offered.
func TestNothingHelpsWhereNothingChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := arbitrarySnapshot(t)
		q := arbitraryQuestion(t)
		d := checks.Diagnose(s, q, arbitraryTime(t, s))
		other := checks.Diagnose(arbitrarySnapshot(t), q, arbitraryTime(t, s))
		offered := map[platform.Repair]bool{platform.RefreshPCSC(): false}
		for _, f := range d.Findings {
			for _, r := range f.Repairs {
				offered[r] = true
			}
		}
		for r, was := range offered {
			if got := checks.HelpOf(d, d, r); got == checks.Helped || got == checks.StillLooks {
				t.Fatalf("%s changed nothing: %s\n%s", r, got, list(d))
			}
			if got := checks.HelpOf(d, other, r); !was && got != checks.CannotTell {
				t.Fatalf("%s was not offered: %s", r, got)
			}
		}
	})
}

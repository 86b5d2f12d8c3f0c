package words_test

import (
	"strings"
	"testing"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// The narrowest sentence that there is for a case is the one that is said.
func TestSentenceForTheCase(t *testing.T) {
	mac := func(id checks.ID, s checks.Status, e checks.Evidence) checks.Finding {
		e.OS = "darwin"
		return checks.Finding{ID: id, Step: checks.StepBrowser, Status: s, Evidence: e}
	}
	conditions := func(c checks.Condition) checks.Evidence { return checks.Evidence{Conditions: []checks.Condition{c}} }
	safari := checks.Evidence{Browsers: []string{"safari"}, Software: platform.SoftwareJPKI, Purpose: checks.ETax}
	hidden := safari
	hidden.Why = platform.WhyAccessDenied
	title, advice, about := words.Title, words.Advice, words.About
	tests := []struct {
		name string
		say  func(assets.Texts, checks.Finding) string
		f    checks.Finding
		want string
	}{
		{"condition", title, mac(checks.ClientArchitecture, checks.Problem, conditions(checks.NoRosetta)), "needs Rosetta"},
		{"without it", title, mac(checks.ClientArchitecture, checks.Problem, checks.Evidence{}), "does not run on this computer"},
		{"browser", advice, mac(checks.ExtensionOff, checks.Problem, safari), `In the menu "Safari"`},
		{"another browser", advice, mac(checks.ExtensionOff, checks.Problem, checks.Evidence{Browsers: []string{"chrome"}}), "chrome://extensions"},
		{"notice", title, mac(checks.BrowserUnsupported, checks.Notice, checks.Evidence{}), "cannot be used for this"},
		{"notice and condition", title, mac(checks.BrowserUnsupported, checks.Notice, conditions(checks.NotRegistered)), "No official program is registered"},
		{"notice before system", advice, mac(checks.BrowserUnsupported, checks.Notice, checks.Evidence{Supported: []string{"safari", "edge"}}), "in Safari or Microsoft Edge."},
		{"system", advice, mac(checks.BrowserUnsupported, checks.Problem, checks.Evidence{Supported: []string{"safari"}}), "which comes with the Mac"},
		{"reason", about, mac(checks.ExtensionOff, checks.Unknown, hidden), "Full Disk Access"},
		{"no reason", about, mac(checks.ExtensionOff, checks.Unknown, safari), "never turned on or off"},
		{"what was looked at instead", about, mac(checks.ExtensionOff, checks.Unknown, safari), "Those of JPKI user software were looked at instead."},
		{"unknown with a condition", title, mac(checks.BrowserOK, checks.Unknown, conditions(checks.WindowsOnly)), "HPKI-KAGURA"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.say(assets.In(assets.English), tt.f); !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q in it", got, tt.want)
			}
		})
	}
}

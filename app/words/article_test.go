package words_test

import (
	"fmt"
	"slices"
	"testing"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// judged is what a practice computer shows, for every purpose.
func judged(t *testing.T, name string) map[checks.Purpose]checks.Diagnosis {
	t.Helper()
	c, err := practice.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := platform.Observe(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := map[checks.Purpose]checks.Diagnosis{}
	for _, p := range checks.Purposes {
		all[p] = checks.Diagnose(s, checks.Question{Purpose: p}, s.Taken)
	}
	return all
}

// behind is what is shown of the one cause of an article that a finding confirms.
func behind(a articles.Article, id checks.ID, d checks.Diagnosis) checks.Behind {
	for _, c := range a.Causes {
		if slices.Contains(c.ConfirmedBy, string(id)) {
			a.Causes = []articles.Cause{c}
			return words.ArticleCauses(assets.In(assets.English), a, &d)[0].Behind
		}
	}
	return ""
}

// What an article says of a computer is judged for what the article is about, whatever
// the user asked for.
func TestArticleCausesForAnotherPurpose(t *testing.T) {
	for _, tt := range []struct {
		computer string
		purpose  checks.Purpose
		article  string
		cause    checks.ID
		want     checks.Behind
	}{
		{"extension-off", checks.HPKI, "hub0002", checks.ExtensionOff, checks.BehindConfirmed},
		{"extension-off", checks.HPKI, "mynaportal-disabled", checks.ExtensionOff, checks.BehindConfirmed},
		{"extension-off", checks.HPKI, "login-layers", checks.ExtensionOff, checks.BehindConfirmed},
		{"extension-off", checks.HPKI, "extension-off-and-on", checks.ExtensionOff, checks.BehindOpen},
		{"extension-off", checks.Any, "extension-off-and-on", checks.ExtensionOff, checks.BehindOpen},
		{"host-broken", checks.HPKI, "jpki-client-and-services", checks.HostBroken, checks.BehindOpen},
		{"host-broken", checks.HPKI, "authentication-error", checks.HostBroken, checks.BehindConfirmed},
		{"hpki-driver-missing", checks.ETax, "cannot-connect-securely", checks.DriverHPKIMissing, checks.BehindConfirmed},
		{"hpki-healthy", checks.ETax, "cannot-connect-securely", checks.DriverHPKIMissing, checks.BehindExcluded},
		{"healthy", checks.ETax, "hub0002", checks.ExtensionOff, checks.BehindOpen}, // e-Tax's own cannot be seen
		{"healthy", checks.Mynaportal, "extension-off-and-on", checks.ExtensionOff, checks.BehindExcluded},
		{"mac-healthy", checks.HPKI, "unsupported-environment", checks.SystemOSUnsupported, checks.BehindOpen},

		{"healthy", checks.HPKI, "card-not-connected", checks.CardWrongKind, checks.BehindOpen},
		{"healthy", checks.HPKI, "scard-e-unknown-card", checks.CardWrongKind, checks.BehindOpen},
		{"healthy", checks.HPKI, "set-card", checks.CardWrongKind, checks.BehindExcluded},
		{"hpki-healthy", checks.HPKI, "set-card", checks.CardWrongKind, checks.BehindConfirmed},
		{"hpki-healthy", checks.Any, "set-card", checks.CardWrongKind, checks.BehindConfirmed},
		{"reader-on-winusb", checks.HPKI, "hub0002", checks.ReaderNotPCSC, checks.BehindConfirmed},
	} {
		t.Run(fmt.Sprintf("%s for %s: %s of %s", tt.computer, tt.purpose, tt.cause, tt.article), func(t *testing.T) {
			a, ok := articles.ByID(tt.article)
			if !ok {
				t.Fatal("no such article")
			}
			if got := behind(a, tt.cause, judged(t, tt.computer)[tt.purpose]); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// No article denies what a practice computer teaches, or says what it does not show,
// whatever the user asked for.
func TestArticleCausesOnEveryComputer(t *testing.T) {
	for _, name := range practice.Names() {
		t.Run(name, func(t *testing.T) {
			on := judged(t, name)
			for _, a := range articles.All() {
				for _, c := range a.Causes {
					one := articles.Article{ID: a.ID, Purposes: a.Purposes, Causes: []articles.Cause{c}}
					for _, p := range checks.Purposes {
						d := on[p]
						contradicts(t, one, p, words.ArticleCauses(assets.In(assets.English), one, &d)[0].Behind, on)
					}
				}
			}
		})
	}
}

// contradicts reports what is said of a cause against the diagnoses of those purposes
// for which its message appears.
func contradicts(t *testing.T, a articles.Article, asked checks.Purpose, said checks.Behind, on map[checks.Purpose]checks.Diagnosis) {
	t.Helper()
	problem, noticed := false, false
	for p, d := range on {
		if len(a.Purposes) > 0 && !slices.Contains(a.Purposes, string(p)) {
			continue
		}
		for _, f := range d.Findings {
			if slices.Contains(a.Causes[0].ConfirmedBy, string(f.ID)) {
				problem = problem || f.Status == checks.Problem
				noticed = noticed || f.Status == checks.Notice && f.ID != checks.CardWrongKind
			}
		}
	}
	if said == checks.BehindExcluded && problem || said == checks.BehindConfirmed && !problem && !noticed {
		t.Errorf("for %s: %s says of %q that it is %s", asked, a.ID, a.Causes[0].EN, said)
	}
}

package words

import (
	"slices"

	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// Setting is what is known beside findings that have no evidence: those that a
// support code tells.
type Setting struct {
	OS      string
	Purpose checks.Purpose
	Kind    platform.Kind // of the card
}

// Bare is one sentence that says what a finding means and needs no evidence: it is
// true of all cases of the finding.
func Bare(t assets.Texts, id checks.ID) string { return t.Text("finding." + string(id) + ".bare") }

// BareTitle is Title for a finding without evidence.
func BareTitle(t assets.Texts, f checks.Finding, in Setting) string {
	f = set(f, in)
	switch f.Status {
	case checks.Skipped:
		return Status(t, checks.Skipped) // by what is not known
	case checks.Unknown:
		key := base(t, f)
		if t.Has(key + ".bare") {
			return t.Text(key + ".bare")
		}
		return t.Text(variant(t, f, key))
	}
	return t.Text(variant(t, f, "finding."+string(f.ID)+".bare"))
}

// BareAdvice is Advice for a finding without evidence. A sentence made for such
// comes first: the others speak of one case of several.
func BareAdvice(t assets.Texts, f checks.Finding, in Setting) string {
	if !slices.Contains([]checks.Status{checks.Problem, checks.Notice, checks.Unknown}, f.Status) {
		return ""
	}
	f = set(f, in)
	for _, part := range []string{".bare.do", ".do"} {
		if key := variant(t, f, base(t, f)+part); t.Has(key) {
			return t.Text(key)
		}
	}
	return ""
}

// set gives a finding the little evidence that decides on the variant of a
// sentence.
func set(f checks.Finding, in Setting) checks.Finding {
	f.Evidence = checks.Evidence{OS: in.OS, Purpose: in.Purpose}
	if in.Kind == platform.KindHPKI {
		f.Evidence.Role = platform.RoleHPKIAuth
	}
	return f
}

package words

import (
	"strconv"
	"strings"

	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// Fact is something observed, with what it is called.
type Fact struct{ Label, Value string }

// facts collects; what is empty is left out.
type facts struct {
	t   assets.Texts
	all []Fact
}

// add adds a fact whose label is the text "wizard.fact.<name>".
func (r *facts) add(name, value string) {
	if value != "" {
		r.all = append(r.all, Fact{r.t.Text("wizard.fact." + name), value})
	}
}

// Facts lists the facts that a finding rests on. It names each field, so
// that a field which is added later is not shown before somebody thought
// about it.
func Facts(t assets.Texts, e checks.Evidence) []Fact {
	r := facts{t: t}
	a := Args(t, e)
	if e.Why != checks.WhyPending {
		r.add("area", a["area"])
		r.add("why", a["why"])
	}
	r.add("os", a["os"])
	r.add("service", a["service"])
	r.add("readers", a["readers"])
	r.add("takes", a["takes"])
	r.add("devices", a["devices"])
	r.add("drivers", a["drivers"])
	r.add("browsers", a["browsers"])
	addBrowserEvidence(&r, a, e)
	r.add("kind", a["kind"])
	r.add("kinds", a["kinds"])
	r.add("label", a["label"])
	r.add("hc-role", HCRole(t, e.HCRole))
	r.add("not-before", Date(t, e.NotBefore))
	r.add("not-after", Date(t, e.NotAfter))
	r.add("date", a["date"])
	r.add("days-left", a["days_left"])
	r.add("issuer", a["issuer"])
	r.add("authority", a["authority"])
	r.add("key", a["key"])
	if e.Chain != platform.ChainUnchecked {
		r.add("chain", t.Text("wizard.chain."+string(e.Chain)))
	}
	r.add("tries", Tries(t, e.Tries))
	addRevocationEvidence(&r, a, e.Revocation)
	r.add("status-word", a["status_word"])
	if e.Retries > 0 {
		r.add("retries", a["retries"])
	}
	r.add("as-of", a["as_of"])
	return r.all
}

// addRevocationEvidence adds what an issuer answered about a certificate.
func addRevocationEvidence(r *facts, a assets.Args, v *platform.Revocation) {
	if v == nil || !v.OK() {
		return
	}
	r.add("this-update", a["this_update"])
	r.add("next-update", Moment(r.t, v.NextUpdate))
	if v.Status == platform.RevocationRevoked {
		r.add("revoked-at", a["revoked_at"])
		r.add("revocation-reason", a["revocation_reason"])
	}
}

// addBrowserEvidence adds what stands between a page and the card.
func addBrowserEvidence(r *facts, a assets.Args, e checks.Evidence) {
	r.add("works-in", a["works_in"])
	r.add("software", a["software"])
	r.add("conditions", a["conditions"])
	r.add("profile", a["profile"])
	if e.Extension != nil {
		r.add("extension", Extension(r.t, *e.Extension))
		r.add("reasons", a["reasons"])
	}
	r.add("host", a["host"])
	r.add("host-state", a["host_state"])
	r.add("policies", a["policies"])
	r.add("programs", a["programs"])
	r.add("products", a["products"])
	r.add("arch", a["arch"])
	r.add("program-arch", a["program_arch"])
	r.add("version", a["version"])
	r.add("min-system", a["min_system"])
	r.add("listed", a["listed"])
	r.add("code-page", a["code_page"])
	r.add("problem", a["problem"])
	r.add("provider", a["provider"])
	if e.Leftovers > 0 {
		r.add("leftovers", a["leftovers"])
	}
}

// Tries says how often a PIN may still be wrong, "" where that is not known.
func Tries(t assets.Texts, tries platform.Tries) string {
	switch {
	case !tries.Known():
		return ""
	case tries.IsLocked():
		return t.Text("wizard.tries.locked")
	}
	return t.Text("wizard.tries.left", assets.Args{"tries": strconv.Itoa(tries.Left())})
}

// Extension says which extension it is, and how.
func Extension(t assets.Texts, x platform.Extension) string {
	name := x.Name
	if name == "" {
		name = Software(t, x.Software)
	}
	return strings.TrimSpace(name+" "+x.Version) + ": " + ExtensionState(t, x)
}

// HCRole names a role in health care, in words and as the certificate does.
func HCRole(t assets.Texts, role string) string {
	key := "hcrole." + role
	if !t.Has(key) || t.Text(key) == role {
		return role
	}
	return t.Text("wizard.hc-role", assets.Args{"name": t.Text(key), "original": role})
}

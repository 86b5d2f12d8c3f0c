package wizard

import (
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
)

// rows collects facts; what is empty is left out.
type rows struct {
	t   assets.Texts
	all []fact
}

// add adds a row whose label is the text "wizard.fact.<name>".
func (r *rows) add(name, value string) {
	if value != "" {
		r.all = append(r.all, fact{r.t.Text("wizard.fact." + name), value})
	}
}

// evidence lists the facts that a finding rests on.
func evidence(t assets.Texts, e checks.Evidence) []fact {
	var all []fact
	for _, f := range words.Facts(t, e) {
		all = append(all, fact{f.Label, f.Value})
	}
	return all
}

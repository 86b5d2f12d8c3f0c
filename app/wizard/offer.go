package wizard

import (
	"slices"
	"strings"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// choice is a large button on a page, for what else can be done.
type choice struct {
	title, about string
	do           action
}

// offer is a card on the first page, about what an earlier repair left.
type offer struct {
	text, about string
	choices     []action
}

// offers are what the journal asks for: a repair that stopped on its way, and
// what is easily forgotten while it stands.
func (sc scene) offers() []offer {
	if !sc.repairable || sc.recorded {
		return nil
	}
	var all []offer
	if e := journal.Pending(sc.entries); e != nil && !sc.othersRepair {
		all = append(all, sc.unfinished(*e))
	}
	if sc.unreadable {
		all = append(all, offer{text: sc.t.Text("wizard.offer.broken")})
	}
	for _, e := range journal.Standing(sc.entries) {
		all = append(all, offer{
			text: sc.t.Text("wizard.offer.standing"), about: sc.entryAbout(e),
			choices: []action{{label: sc.t.Text("wizard.button.undo"), do: cmdUndo, entry: e.ID}},
		})
	}
	return all
}

// undoable lists the repairs that were made and can be undone, the newest first.
func (sc scene) undoable() []journal.Entry {
	return slices.DeleteFunc(slices.Clone(sc.entries), func(e journal.Entry) bool { return e.State != journal.Made || !e.Undoable() })
}

func (sc scene) unfinished(e journal.Entry) offer {
	o := offer{text: sc.t.Text("wizard.offer.unfinished"), about: sc.entryAbout(e)}
	if e.Undoing {
		o.text = sc.t.Text("wizard.offer.undoing")
	}
	if e.Finishable() && len(e.Left()) > 0 {
		o.choices = append(o.choices, action{label: sc.t.Text("wizard.button.finish"), do: cmdFinish, entry: e.ID})
	}
	key := "wizard.button.undo"
	if !e.Undoable() {
		key = "wizard.button.dismiss"
	}
	o.choices = append(o.choices, action{label: sc.t.Text(key), do: cmdUndo, entry: e.ID})
	return o
}

// entryAbout names a repair and when it was begun.
func (sc scene) entryAbout(e journal.Entry) string {
	return sc.t.Text("wizard.offer.about", assets.Args{"repair": words.Repair(sc.t, e.Repair), "time": words.Moment(sc.t, e.Begun)})
}

// longestLabel is how much room there is on the primary button in the smallest
// window, in letters; a Japanese one counts for two.
const longestLabel = 56

// offerRepairs makes the first repair of a finding the primary button of a page.
// What stood there moves on, and the other repairs stand on the page itself.
func (sc scene) offerRepairs(v *view, lead []platform.Repair, others ...platform.Repair) {
	lead = slices.DeleteFunc(slices.Clone(lead), func(r platform.Repair) bool { return sc.notHere[r] })
	if !sc.repairable || len(lead)+len(others) == 0 {
		return
	}
	rest := lead
	var moved action
	if len(lead) > 0 {
		label := words.Repair(sc.t, lead[0])
		if letters(label) <= longestLabel {
			rest = lead[1:]
		} else {
			label = sc.t.Text("wizard.button.repair")
		}
		moved = v.second
		v.primary, v.second = action{label: label, do: cmdRepair, repair: lead[0]}, v.primary
		if v.advice != "" && lead[0].ID() != platform.RepairOpen {
			v.advice = sc.t.Text("wizard.repair.by-hand", assets.Args{"advice": v.advice})
		}
	}
	others = append(rest[:len(rest):len(rest)], others...)
	if len(rest) < len(lead) { // the first is on the button
		others = slices.DeleteFunc(others, func(r platform.Repair) bool { return r == lead[0] })
	}
	sc.addChoices(v, others)
	if moved.label != "" {
		v.choices = append(v.choices, choice{title: moved.label, do: moved})
	}
}

// addChoices puts repairs on a page, each once.
func (sc scene) addChoices(v *view, repairs []platform.Repair) {
	seen := map[platform.Repair]bool{}
	for _, r := range repairs {
		if !seen[r] && sc.repairable && !sc.notHere[r] {
			seen[r] = true
			v.choices = append(v.choices, choice{
				title: words.Repair(sc.t, r), about: repairGist(sc.t, r),
				do: action{do: cmdRepair, repair: r},
			})
		}
	}
}

// resultRepairs offers on the result what repairs the cause, then what is to be
// done next, then what was only noticed. Without a cause, the first repair of what
// the result gives to heed comes first, or of anything where something fails.
func (sc scene) resultRepairs(v *view, heed []checks.Finding) {
	found := sc.f.d.Findings
	var lead, next []platform.Repair
	switch {
	case sc.f.d.Cause != nil:
		lead = sc.f.d.Cause.Repairs
		for _, f := range sc.f.d.Next {
			next = append(next, f.Repairs...)
		}
	case sc.f.d.Outcome() == checks.NotHere:
		lead = firstRepairs(append(heed[:len(heed):len(heed)], found...))
	default:
		lead = firstRepairs(heed)
	}
	sc.offerRepairs(v, lead, append(next, repairsOf(found)...)...)
	if made := sc.undoable(); sc.repairable && len(made) > 0 {
		v.choices = append(v.choices, choice{
			title: sc.t.Text("wizard.choice.undo", assets.Args{"repair": words.Repair(sc.t, made[0].Repair)}),
			about: words.Moment(sc.t, made[0].Begun),
			do:    action{do: cmdUndo, entry: made[0].ID},
		})
	}
}

// firstRepairs are those of the first finding that has any.
func firstRepairs(found []checks.Finding) []platform.Repair {
	if i := slices.IndexFunc(found, func(f checks.Finding) bool { return len(f.Repairs) > 0 }); i >= 0 {
		return found[i].Repairs
	}
	return nil
}

func repairsOf(found []checks.Finding) []platform.Repair {
	var all []platform.Repair
	for _, f := range found {
		all = append(all, f.Repairs...)
	}
	return all
}

// letters is the width of a text, with two for a Japanese letter.
func letters(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r >= 0x2E80 {
			n++
		}
	}
	return n
}

// repairGist is the first sentence about a repair: the rest stands in the preview.
// About a place that is opened, the second one says what to do there.
func repairGist(t assets.Texts, r platform.Repair) string {
	about, end := words.RepairAbout(t, r), ". "
	if t.Lang() == assets.Japanese {
		end = "。"
	}
	first, _, found := strings.Cut(about, end)
	if !found || r.ID() == platform.RepairOpen {
		return about
	}
	return first + strings.TrimSpace(end)
}

package wizard

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"yomitori/app/report"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// While a screen is shared, everything that tells of a person is replaced before a page
// is made of it, so that no page can forget to.

// sharing reports whether others look on.
func (w *Wizard) sharing() bool { return w.screen != nil }

// share begins to hide what is personal, or ends that.
func (w *Wizard) share() {
	if w.screen == nil {
		w.screen = report.NewScreen(w.o.Who)
	} else {
		w.screen = nil
	}
	w.shell.shown = nil // buttons get room for their letters
	w.update()
}

// screened is a scene of which a screen may show everything.
func (w *Wizard) screened(sc scene) scene {
	s, t := w.screen, w.t
	sc.f.judged = w.screenedJudged(sc.f.judged)
	if sc.f.kept != nil {
		kept := w.screenedJudged(*sc.f.kept)
		sc.f.kept = &kept
	}
	if sc.here != nil {
		here := s.Diagnosis(t, *sc.here)
		sc.here = &here
	}
	sc.typed = report.OnScreen(s, t, sc.typed)
	sc.fix.plan = report.OnScreen(s, t, sc.fix.plan)
	sc.fix.entry, sc.fix.back = w.screenedEntry(sc.fix.entry), w.screenedEntry(sc.fix.back)
	sc.fix.before, sc.fix.after = s.Diagnosis(t, sc.fix.before), s.Diagnosis(t, sc.fix.after)
	var cannot *platform.RepairError
	if errors.As(sc.fix.err, &cannot) {
		sc.fix.err = &platform.RepairError{Why: cannot.Why, On: w.screenedName(cannot.On), Err: cannot.Err}
	}
	sc.entries = slices.Clone(sc.entries)
	for i, e := range sc.entries {
		sc.entries[i] = w.screenedEntry(e)
	}
	if sc.compared != nil {
		c := *sc.compared
		c.Judged = [2]checks.Diagnosis{s.Diagnosis(t, c.Judged[0]), s.Diagnosis(t, c.Judged[1])}
		sc.compared = &c
	}
	sc.library.leaves = slices.Clone(sc.library.leaves)
	for i, l := range sc.library.leaves {
		sc.library.leaves[i] = w.screenedLeaf(l)
	}
	return sc
}

func (w *Wizard) screenedLeaf(l leaf) leaf {
	l.typed = report.OnScreen(w.screen, w.t, l.typed)
	if l.saved != "" { // where it is names the user, and may name where they work
		l.saved = report.OnScreen(w.screen, w.t, l.saved[strings.LastIndexAny(l.saved, `/\`)+1:])
		l.done = saved(w.t, l.saved, nil)
	}
	l.done.text = report.OnScreen(w.screen, w.t, l.done.text)
	return l
}

// personal reports whether a text tells what a shared screen must not show.
func (w *Wizard) personal(text string) bool {
	return w.sharing() && report.OnScreen(w.screen, w.t, text) != text
}

func (w *Wizard) screenedJudged(j judged) judged {
	return judged{report.OnScreen(w.screen, w.t, j.s), w.screen.Diagnosis(w.t, j.d)}
}

// screenedName is a name of something that went wrong, which may be a path.
func (w *Wizard) screenedName(name string) string {
	type path struct {
		Path string `json:"path" share:"mask"`
	}
	if strings.ContainsAny(name, `/\`) {
		return report.OnScreen(w.screen, w.t, path{name}).Path
	}
	return report.OnScreen(w.screen, w.t, name)
}

// screenedEntry keeps the id, by which the entry is found again.
func (w *Wizard) screenedEntry(e journal.Entry) journal.Entry {
	masked := report.OnScreen(w.screen, w.t, e)
	masked.ID = e.ID
	return masked
}

// shareView is what stands above every page while the screen is shared.
type shareView struct{ number, name, code string }

func (w *Wizard) shareView() shareView {
	v := shareView{name: w.t.Text("wizard.share.before"), code: w.code()}
	if i := inRail(w.flow.page); i >= 0 {
		v.number, v.name = strconv.Itoa(i+1), w.t.Text("step."+string(w.flow.page))
	}
	if v.code == "" {
		v.code = w.t.Text("wizard.share.no-code")
	} else {
		v.code = w.t.Text("wizard.share.code") + " " + v.code
	}
	return v
}

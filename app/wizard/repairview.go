package wizard

import (
	"slices"
	"strconv"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// repairView is what the page of a repair says: plain data, as view is.
type repairView struct {
	mark    mark
	heading string
	drawing string
	about   string
	status  line // what goes on, or what came of it
	changes section
	heed    []line
	primary action
	second  action
}

// repairView is the page of the repair that goes on.
func (sc scene) repairView() repairView {
	v := repairView{heading: words.Repair(sc.t, sc.fix.repair)}
	switch sc.fix.stage {
	case stagePlanning:
		v.mark = markLooking
		v.status = line{text: sc.t.Text("wizard.repair.planning")}
		v.primary = action{label: sc.t.Text("wizard.button.do-it"), do: cmdConsent, off: true}
	case stagePreview:
		sc.preview(&v)
	case stageDoing:
		sc.doing(&v)
	case stageFailed:
		sc.failed(&v)
	default:
		sc.afterwards(&v)
	}
	return v
}

// preview says exactly what would change, and what to know before.
func (sc scene) preview(v *repairView) {
	r := sc.fix
	v.mark = markNotice
	v.about = words.RepairAbout(sc.t, r.repair)
	v.primary = action{label: sc.t.Text("wizard.button.do-it"), do: cmdConsent}
	v.second = action{label: sc.t.Text("wizard.button.leave-it"), do: cmdBack}
	v.changes = section{title: sc.t.Text("wizard.repair.changes." + string(r.act))}
	if r.act == actMake && r.repair.ID() == platform.RepairOpen {
		v.changes.title = sc.t.Text("wizard.repair.changes.open")
	}
	for i, c := range r.changes() {
		v.changes.lines = append(v.changes.lines, line{text: numbered(i, sc.fix.said(sc.t, c))})
	}
	heed, arg := r.plan.Heed, assets.Args{"repair": v.heading}
	switch {
	case r.act == actUndo:
		v.heading, v.about, heed = sc.t.Text("wizard.repair.undo"), sc.t.Text("wizard.repair.of", arg), nil
		v.primary.label = sc.t.Text("wizard.button.undo")
		if r.dismisses() {
			sc.dismissal(v)
			return
		}
	case r.act == actFinish:
		v.heading, heed = sc.t.Text("wizard.repair.finish", arg), r.entry.Heed
	case len(r.then) > 0:
		v.heading = sc.t.Text("wizard.repair.first", arg)
		v.status = line{mark: markNotice, text: sc.t.Text("wizard.repair.then", assets.Args{"repair": words.Repair(sc.t, r.then[0])})}
	}
	v.heed = sc.heedings(heed)
}

// said is a change in the words for what is done with it.
func (r repairing) said(t assets.Texts, c platform.Change) string {
	if r.act == actUndo {
		return words.ChangeBack(t, c)
	}
	return words.Change(t, c)
}

// dismissal is the page on which an entry is dismissed that cannot be undone.
func (sc scene) dismissal(v *repairView) {
	v.about = sc.t.Text("wizard.repair.nothing-to-undo")
	v.changes = section{}
	v.primary.label = sc.t.Text("wizard.button.dismiss")
}

// heedings are what to know before consenting: what the plan says, whether an
// administrator is asked, whether it can be undone, and that this is practice.
func (sc scene) heedings(of []platform.Heeding) []line {
	var lines []line
	for _, h := range of {
		lines = append(lines, line{mark: markNotice, text: words.Heed(sc.t, h)})
	}
	changes := sc.fix.changes()
	asked := slices.ContainsFunc(changes, func(c platform.Change) bool { return c.Kind == platform.ChangeElevated })
	if asked && !sc.recorded {
		lines = append(lines, line{mark: markNotice, text: sc.t.Text("wizard.repair.administrator")})
	}
	if sc.fix.act == actUndo {
		lines = append(lines, line{mark: markNotice, text: sc.t.Text("wizard.repair.undo.heed")})
	}
	undoable := words.Undoable(sc.t, platform.RepairPlan{Changes: changes})
	if sc.fix.act != actUndo && undoable != "" {
		l := line{mark: markNotice, text: undoable}
		if !slices.ContainsFunc(changes, func(c platform.Change) bool { return !c.Undoable }) {
			l.mark = markOK
		}
		lines = append(lines, l)
	}
	if sc.recorded {
		key := "wizard.repair.practice"
		if sc.fix.repair.ID() == platform.RepairOpen {
			key += ".open"
		}
		lines = append(lines, line{mark: markOK, text: sc.t.Text(key)})
	}
	return lines
}

// doing says how far the changes are.
func (sc scene) doing(v *repairView) {
	r := sc.fix
	v.mark = markLooking
	v.primary = action{label: sc.t.Text("wizard.button.doing"), do: cmdConsent, off: true}
	if !sc.recorded {
		v.about = sc.t.Text("wizard.repair.doing.closing")
	}
	v.changes.title = sc.t.Text("wizard.repair.doing")
	if r.act == actUndo {
		v.heading = sc.t.Text("wizard.repair.undo")
		v.changes.title = sc.t.Text("wizard.repair.undoing")
	}
	changes := r.changes()
	if r.of > 1 && r.place < len(changes) {
		v.status = line{text: sc.t.Text("wizard.repair.progress", assets.Args{
			"place": strconv.Itoa(r.place + 1), "of": strconv.Itoa(r.of), "change": r.said(sc.t, changes[r.place]),
		})}
	}
	for i, c := range changes {
		l := line{mark: markFree, text: r.said(sc.t, c)}
		switch {
		case i < r.place:
			l.mark = markOK
		case i == r.place:
			l.mark = markLooking
		}
		v.changes.lines = append(v.changes.lines, l)
	}
}

// failed says why something was not made, and what can be done about it.
func (sc scene) failed(v *repairView) {
	r := sc.fix
	v.mark = markNotice
	v.heading = sc.t.Text("wizard.repair.failed", assets.Args{"repair": v.heading})
	cannot := words.CannotRepair
	if r.act == actUndo {
		cannot = words.CannotUndo
	}
	v.status = line{text: cannot(sc.t, r.repair, r.err)}
	v.primary = action{label: sc.t.Text("wizard.button.again"), do: cmdRetry}
	if quit, ok := r.quitsFirst(); ok {
		v.primary = action{label: words.Repair(sc.t, quit), do: cmdQuitFirst}
	}
	if r.entry.State == journal.Unfinished && r.of > 0 {
		if r.act != actUndo {
			v.about = sc.t.Text("wizard.repair.failed.partly")
		}
		if r.act != actUndo && r.entry.Undoable() {
			v.second = action{label: sc.t.Text("wizard.button.undo"), do: cmdUndo}
		}
		return
	}
	switch platform.RepairWhyOf(r.err) {
	case platform.RepairNothing, platform.RepairGone, platform.RepairChanged, platform.RepairNotHere, platform.RepairNotUndoable:
		v.primary = sc.onwards()
		if sc.purpose != "" {
			v.primary = action{label: sc.t.Text("wizard.button.recheck"), do: cmdRecheck}
		}
	}
}

// afterwards says whether a repair helped.
func (sc scene) afterwards(v *repairView) {
	r := sc.fix
	done := "wizard.repair.done." + string(r.act)
	v.mark, v.heading = markOK, sc.t.Text(done, assets.Args{"repair": v.heading})
	v.primary = sc.onwards()
	if r.act != actUndo && r.entry.Undoable() {
		v.second = action{label: sc.t.Text("wizard.button.undo"), do: cmdUndo}
	}
	if lost := words.Lost(sc.t, r.entry.Lost()); r.act == actUndo && len(lost) > 0 {
		v.mark, v.changes.title = markNotice, lost[0]
		for _, l := range lost[1:] {
			v.changes.lines = append(v.changes.lines, line{mark: markNotice, text: l})
		}
	}
	switch {
	case r.act == actUndo && r.of == 0:
		v.heading = sc.t.Text("wizard.repair.dismissed")
	case r.stage == stageLooking:
		v.mark, v.primary.off = markLooking, true
		v.status = line{text: words.Help(sc.t, checks.StillLooks)}
	case r.compares():
		v.mark, v.drawing = helpMark[r.help], helpDrawing[r.help]
		v.status = line{text: words.HelpFor(sc.t, r.help, r.after)}
	case r.act == actUndo:
		v.status = line{text: sc.t.Text("wizard.repair.undone")}
	case r.repair.ID() == platform.RepairOpen && sc.recorded:
		v.status = line{text: sc.t.Text("wizard.repair.practice.open")}
	case r.repair.ID() == platform.RepairOpen && sc.purpose != "":
		v.status = line{text: sc.t.Text("wizard.repair.opened")}
		v.primary = action{label: sc.t.Text("wizard.button.recheck"), do: cmdRecheck}
	case sc.purpose == "":
		v.status = line{text: sc.t.Text("wizard.repair.at-start")}
	}
}

// helpMark is the mark of what a repair did. That it did not help is no fault of
// the computer's.
var helpMark = map[checks.Help]mark{
	checks.Helped: markOK, checks.NotHelped: markNotice, checks.CannotTell: markUnknown,
}

var helpDrawing = map[checks.Help]string{
	checks.Helped: "result-ok", checks.NotHelped: "result-problem", checks.CannotTell: "result-unknown",
}

// onwards is the button that leads away from what was repaired.
func (sc scene) onwards() action {
	key := "wizard.button.result-after"
	if _, id := needsHand(sc.f.d); id != "" {
		key = "wizard.button.go-on"
	}
	if sc.purpose == "" {
		key = "wizard.button.start"
	}
	return action{label: sc.t.Text(key), do: cmdLeave}
}

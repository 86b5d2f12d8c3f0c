package words

import (
	"errors"
	"slices"
	"strconv"

	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// Repair says in a few words what a repair does, for a button.
func Repair(t assets.Texts, r platform.Repair) string {
	return t.Text(repairKey(r), repairArgs(t, r))
}

// RepairAbout says what a repair does, for what it helps and for what it does not.
func RepairAbout(t assets.Texts, r platform.Repair) string {
	key := repairKey(r) + ".about"
	return t.Text(narrowest(t, key, key+"."+r.Target()), repairArgs(t, r))
}

// repairKey begins the keys of a repair's sentences. Each place has its own.
func repairKey(r platform.Repair) string {
	key := "repair." + string(r.ID())
	if r.ID() == platform.RepairOpen {
		key += "." + r.Target()
	}
	return key
}

func repairArgs(t assets.Texts, r platform.Repair) assets.Args {
	return assets.Args{
		"browser": Browser(t, platform.BrowserName(r.Target())), "service": Service(t, r.Target()),
		"host": r.Target(), "number": number(r.Number()),
	}
}

// Service names a service as the system lists it.
func Service(t assets.Texts, service string) string { return name(t, "service.", service) }

// narrowest is the last of the keys that has a text, or the first.
func narrowest(t assets.Texts, keys ...string) string {
	for i := len(keys) - 1; i > 0; i-- {
		if t.Has(keys[i]) {
			return keys[i]
		}
	}
	return keys[0]
}

// Heed says what to know before consenting.
func Heed(t assets.Texts, h platform.Heeding) string { return t.Text("heed." + string(h)) }

// Undoable says whether what a plan would change can be taken back, "" where it
// leaves the computer as it is.
func Undoable(t assets.Texts, p platform.RepairPlan) string {
	can, lasting := 0, 0
	for _, c := range p.Changes {
		if c.Undoable {
			can++
		}
		if c.Kind != platform.ChangeOpen && c.Kind != platform.ChangePCSC {
			lasting++
		}
	}
	switch {
	case lasting == 0:
		return ""
	case can == 0:
		return t.Text("undoable.no")
	case can == len(p.Changes):
		return t.Text("undoable")
	}
	return t.Text("undoable.partly")
}

// CannotRepair says why a repair was not made, and what to do instead. What the
// error itself says is for developers and is left out, but for the name of what
// it is about.
func CannotRepair(t assets.Texts, r platform.Repair, err error) string {
	byID := cannotKey(err) + "." + string(r.ID())
	return cannot(t, r, err, narrowest(t, cannotKey(err), byID, byID+"."+r.Target()))
}

// CannotUndo says why a repair was not taken back.
func CannotUndo(t assets.Texts, r platform.Repair, err error) string {
	own := "cannot-undo." + string(platform.RepairWhyOf(err))
	switch {
	case platform.RepairWhyOf(err) == platform.RepairNotUndoable:
		return cannot(t, r, err, cannotKey(err))
	case t.Has(own) && slices.Contains(platform.RepairBrowsers, platform.BrowserName(r.Target())):
		return t.Text(own, repairArgs(t, r))
	}
	return Sentences(t, t.Text("cannot-undo"), cannot(t, r, err, cannotKey(err)))
}

// Lost says what could not be taken back of a repair that was undone otherwise, in
// lines of which the first says why; none where all was.
func Lost(t assets.Texts, changes []platform.Change) []string {
	if len(changes) == 0 {
		return nil
	}
	lines := []string{t.Text("cannot-undo.lost")}
	for _, c := range changes {
		lines = append(lines, ChangeBack(t, c))
	}
	return lines
}

func cannotKey(err error) string { return "cannot-repair." + string(platform.RepairWhyOf(err)) }

func cannot(t assets.Texts, r platform.Repair, err error, key string) string {
	said := t.Text(key, repairArgs(t, r))
	var e *platform.RepairError
	switch {
	case !errors.As(err, &e):
	case e.On == platform.OnAutomation:
		return t.Text("cannot-repair.denied.automation", repairArgs(t, r))
	case e.On != "" && e.On != r.Target():
		said = Sentences(t, said, t.Text("cannot-repair.on", assets.Args{"on": platform.Printable(e.On, platform.LongestText)}))
	}
	return said
}

// Help says whether a repair helped.
func Help(t assets.Texts, h checks.Help) string { return t.Text("help." + string(h)) }

// HelpFor says whether a repair helped, and what comes next. What was told and
// not seen comes next only after a repair that helped with something else.
func HelpFor(t assets.Texts, h checks.Help, after checks.Diagnosis) string {
	said := Help(t, h)
	seen := after.Cause != nil && !after.Cause.Evidence.Told
	switch {
	case h == checks.StillLooks, h == checks.NotHelped, h == checks.CannotTell && !seen:
		return said
	case after.Cause != nil:
		return Sentences(t, said, t.Text("help.next", assets.Args{"title": Title(t, *after.Cause)}))
	case after.Outcome() == checks.NothingToDo:
		return Sentences(t, said, t.Text("help.fine"))
	}
	return Sentences(t, said, t.Text("help.undetermined"))
}

// EntryState says how far a repair in the journal came (journal.State).
func EntryState(t assets.Texts, state string) string { return name(t, "entry.", state) }

// size writes a number of bytes for a person, in the unit that suits it.
func size(n int64) string {
	value, unit := float64(n), 0
	units := []string{"B", "KB", "MB", "GB"}
	for value >= 1024 && unit < len(units)-1 {
		value, unit = value/1024, unit+1
	}
	if unit == 0 {
		return strconv.FormatInt(n, 10) + " B"
	}
	return strconv.FormatFloat(value, 'f', 1, 64) + " " + units[unit]
}

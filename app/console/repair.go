package console

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// Repairs lists the repairs that fit a diagnosis, what to act on first before the
// rest, and the form of all others.
func Repairs(w io.Writer, t assets.Texts, d checks.Diagnosis, os string) error {
	var b strings.Builder
	fitting := fit(d)
	if len(fitting) == 0 {
		b.WriteString(t.Text("console.repairs.none") + "\n")
	} else {
		b.WriteString(t.Text("console.repairs") + "\n")
	}
	for _, r := range fitting {
		fmt.Fprintf(&b, "  %s\n      %s\n", r, words.Repair(t, r))
	}
	b.WriteString("\n" + t.Text("console.repairs.all") + "\n")
	for _, id := range platform.Repairs() {
		if f := form(t, id, func(r platform.Repair) bool { return checks.Offered(os, r) }); f != "" {
			fmt.Fprintf(&b, "  %s\n", f)
		}
	}
	b.WriteString("\n" + t.Text("console.repairs.hint") + "\n")
	return write(w, b.String())
}

// fit is each repair that fits a diagnosis, once.
func fit(d checks.Diagnosis) []platform.Repair {
	var all []platform.Repair
	add := func(f checks.Finding) {
		for _, r := range f.Repairs {
			if !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	if d.Cause != nil {
		add(*d.Cause)
	}
	for _, f := range d.Next {
		add(*f)
	}
	for _, f := range d.Findings {
		add(f)
	}
	return all
}

// form is how a repair is written: its id and what it can be done to, as far as it
// is to be kept; "" where nothing is.
func form(t assets.Texts, id platform.RepairID, keep func(platform.Repair) bool) string {
	targets := map[platform.RepairID][]string{
		platform.RepairRestartService: platform.RestartableServices,
		platform.RepairEnableService:  platform.EnableableServices,
		platform.RepairStopService:    platform.StoppableServices,
		platform.RepairOpen:           names(platform.Places),
	}
	for _, r := range []platform.RepairID{platform.RepairQuitBrowser, platform.RepairClearSiteData, platform.RepairClearCache} {
		targets[r] = names(platform.RepairBrowsers)
	}
	// Those of which only this computer knows the targets, with one that may be.
	for r, one := range map[platform.RepairID]string{
		platform.RepairTurnOffDevice: "device", platform.RepairTurnOnDevice: "device", platform.RepairRestartDevice: "device",
		platform.RepairEndProgram: "1", platform.RepairDeleteCertificate: "1", platform.RepairForgetChoice: platform.Sites[0].Host,
	} {
		targets[r] = []string{one}
	}
	var kept []string
	for _, on := range append(targets[id], "") {
		r, err := platform.ParseRepair(strings.TrimSuffix(string(id)+":"+on, ":"))
		switch {
		case err != nil || !keep(r):
		case on == "":
			return string(id)
		default:
			kept = append(kept, on)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	if key := "console.target." + string(id); t.Has(key) {
		return string(id) + ":" + t.Text(key)
	}
	return string(id) + ":" + strings.Join(kept, "|")
}

func names[T ~string](all []T) []string {
	list := make([]string, len(all))
	for i, v := range all {
		list[i] = string(v)
	}
	return list
}

// Plan shows what a repair would change, and what to know before consenting.
func Plan(w io.Writer, t assets.Texts, p platform.RepairPlan) error {
	var b strings.Builder
	b.WriteString(heading(t, p.Repair))
	if len(p.First) > 0 {
		b.WriteString(bulleted(t.Text("console.plan.first"), each(p.First, func(r platform.Repair) string { return words.Repair(t, r) })))
		b.WriteString(t.Text("console.plan.first.then") + "\n")
		return write(w, b.String())
	}
	b.WriteString(bulleted(t.Text("console.plan.changes"), changes(t, p.Changes)))
	b.WriteString(heed(t, p.Heed))
	b.WriteString(administrator(t, p.Changes))
	if undoable := words.Undoable(t, p); undoable != "" {
		b.WriteString(undoable + "\n")
	}
	return write(w, b.String())
}

// Left shows what finishing an entry would change.
func Left(w io.Writer, t assets.Texts, e journal.Entry) error {
	left := e.Left()
	text := began(t, e)
	if len(left) == 0 {
		text += t.Text("console.undo.none-left") + "\n"
	}
	text += bulleted(t.Text("console.undo.left"), changes(t, left)) + heed(t, e.Heed) + administrator(t, left)
	return write(w, text)
}

// Back shows what undoing an entry would take back, and what would stay.
func Back(w io.Writer, t assets.Texts, e journal.Entry) error {
	back := e.Back()
	var stays []platform.Change
	for _, s := range e.Changes {
		if s.Begun && !s.Undoable {
			stays = append(stays, s.Change)
		}
	}
	text := began(t, e)
	if len(back) == 0 {
		text += t.Text("console.undo.none-back") + "\n"
	}
	text += bulleted(t.Text("console.undo.back"), each(back, func(c platform.Change) string { return ChangeBack(t, c) })) +
		bulleted(t.Text("console.undo.stays"), changes(t, stays)) + administrator(t, back)
	return write(w, text)
}

// Entries lists what the journal holds, the newest first.
func Entries(w io.Writer, t assets.Texts, entries []journal.Entry) error {
	if len(entries) == 0 {
		return write(w, t.Text("console.entries.none")+"\n")
	}
	var b strings.Builder
	for _, e := range entries {
		state := words.EntryState(t, string(e.State))
		if e.Undoable() {
			state += t.Text("format.list-separator") + t.Text("console.entries.undoable")
		}
		fmt.Fprintf(&b, "%s\n    %s  %s\n    %s\n", e.ID, words.Moment(t, e.Begun), words.Repair(t, e.Repair), state)
	}
	return write(w, b.String())
}

// heading names a repair and says what it does.
func heading(t assets.Texts, r platform.Repair) string {
	return fmt.Sprintf("%s (%s)\n%s\n", words.Repair(t, r), r, words.RepairAbout(t, r))
}

// began names the repair of an entry and when it was begun.
func began(t assets.Texts, e journal.Entry) string {
	return fmt.Sprintf("%s (%s)\n%s\n", words.Repair(t, e.Repair), e.Repair, words.Moment(t, e.Begun))
}

func changes(t assets.Texts, all []platform.Change) []string {
	return each(all, func(c platform.Change) string { return Change(t, c) })
}

// Change is what a change touches, in a line. It may come from the journal, which
// is a file: what that holds must not steer a terminal.
func Change(t assets.Texts, c platform.Change) string {
	return platform.Printable(words.Change(t, c), 4*platform.LongestText)
}

// ChangeBack is what taking a change back does, in a line.
func ChangeBack(t assets.Texts, c platform.Change) string {
	return platform.Printable(words.ChangeBack(t, c), 4*platform.LongestText)
}

func heed(t assets.Texts, all []platform.Heeding) string {
	return bulleted(t.Text("console.plan.heed"), each(all, func(h platform.Heeding) string {
		return platform.Printable(words.Heed(t, h), platform.LongestText)
	}))
}

func administrator(t assets.Texts, all []platform.Change) string {
	if slices.ContainsFunc(all, func(c platform.Change) bool { return c.Kind == platform.ChangeElevated }) {
		return t.Text("console.plan.admin") + "\n"
	}
	return ""
}

// bulleted is a titled list, or "" when nothing is on it.
func bulleted(title string, lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return title + "\n  - " + strings.Join(lines, "\n  - ") + "\n"
}

func each[T any](all []T, say func(T) string) []string {
	said := make([]string, len(all))
	for i, v := range all {
		said[i] = say(v)
	}
	return said
}

func write(w io.Writer, text string) error {
	if _, err := io.WriteString(w, text); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return nil
}

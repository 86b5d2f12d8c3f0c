package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"yomitori/app/console"
	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// undo takes a repair back, finishes one that stopped half-way, or lists them.
func (p *program) undo() *cobra.Command {
	c := &cobra.Command{Use: "undo [ID]", Short: p.texts.Text("help.undo"), Args: p.atMost(1)}
	list := c.Flags().Bool("list", false, p.texts.Text("help.list"))
	finish := c.Flags().Bool("finish", false, p.texts.Text("help.finish"))
	yes := c.Flags().Bool("yes", false, p.texts.Text("help.yes"))
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case *list && (len(args) > 0 || *finish || *yes):
			return usage("error.list-alone", nil)
		case !*list && !*yes && !p.Terminal:
			return usage("error.no-consent.undo", nil)
		case !p.canRepair():
			return &apology{"error.no-repairs", exitUndetermined}
		}
		entries, err := p.Journal.Entries()
		if err != nil {
			fmt.Fprintln(p.Stderr, p.texts.Text("console.entries.broken"))
		}
		if *list {
			return console.Entries(p.Stdout, p.texts, entries)
		}
		act := undoing
		if *finish {
			act = finishing
		}
		e, err := act.pick(entries, args)
		if err != nil {
			return err
		}
		return p.resume(c.Context(), act, e, *yes)
	}
	return c
}

// resumption is what can become of an entry.
type resumption struct {
	fits  func(journal.Entry) bool
	none  string             // the sentence where no entry fits
	why   platform.RepairWhy // where the one that was named does not
	show  func(*program, journal.Entry) error
	ask   string
	carry func(*program, context.Context, string) (journal.Entry, error)
	done  string
	undo  bool
}

var undoing = resumption{
	fits: func(e journal.Entry) bool { return e.Undoable() || e.State == journal.Unfinished },
	none: "error.nothing-to-undo", why: platform.RepairNotUndoable,
	show: func(p *program, e journal.Entry) error { return console.Back(p.Stdout, p.texts, e) },
	ask:  "undo", done: "console.undone", undo: true,
	carry: func(p *program, ctx context.Context, id string) (journal.Entry, error) {
		return p.Journal.Undo(ctx, p.Repairer, id, p.progressBack)
	},
}

var finishing = resumption{
	fits: journal.Entry.Finishable,
	none: "error.nothing-to-finish",
	show: func(p *program, e journal.Entry) error { return console.Left(p.Stdout, p.texts, e) },
	ask:  "finish", done: "console.repaired",
	carry: func(p *program, ctx context.Context, id string) (journal.Entry, error) {
		return p.Journal.Finish(ctx, p.Repairer, id, p.progress)
	},
}

// pick is the entry that was named, or the newest that fits.
func (r resumption) pick(entries []journal.Entry, args []string) (journal.Entry, error) {
	fits := r.fits
	if len(args) > 0 {
		fits = func(e journal.Entry) bool { return e.ID == args[0] }
	}
	i := slices.IndexFunc(entries, fits)
	switch {
	case i < 0 && len(args) > 0:
		return journal.Entry{}, usage("error.unknown-entry", assets.Args{"entry": platform.Printable(args[0], platform.LongestName)})
	case i < 0, !r.fits(entries[i]) && r.why == "":
		return journal.Entry{}, &apology{r.none, exitUndetermined}
	case !r.fits(entries[i]):
		return journal.Entry{}, &cannot{repair: entries[i].Repair, err: platform.CannotRepair(r.why, "", nil)}
	}
	return entries[i], nil
}

// resume shows what will be done to an entry, asks, and does it.
func (p *program) resume(ctx context.Context, r resumption, e journal.Entry, yes bool) error {
	if err := r.show(p, e); err != nil {
		return err
	}
	if err := p.ask(ctx, r.ask, yes); err != nil {
		return err
	}
	now, err := r.carry(p, ctx, e.ID)
	if err != nil {
		return &cannot{repair: e.Repair, err: err, left: now.State, undo: r.undo}
	}
	if err := p.say(r.done); err != nil {
		return err
	}
	for _, line := range words.Lost(p.texts, now.Lost()) {
		if err := p.printLine(line); err != nil {
			return err
		}
	}
	return nil
}

// left says of the journal what whoever reads a diagnosis should know: a repair that
// stopped half-way, unless another copy of the program makes it just now, and a
// device that is still off.
func (p *program) left(beside console.Beside) console.Beside {
	if !p.canRepair() {
		return beside
	}
	entries, _ := p.Journal.Entries() // what can't be read is said by undo
	beside.Interrupted = journal.Pending(entries) != nil && !p.Journal.Busy()
	beside.StillOff = len(journal.Standing(entries)) > 0
	return beside
}

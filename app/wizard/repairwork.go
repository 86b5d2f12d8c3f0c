package wizard

import (
	"context"
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// Journal records repairs so that they can be taken back: a journal.Journal.
type Journal interface {
	Make(ctx context.Context, on platform.Repairer, p platform.RepairPlan, progress journal.Progress) (journal.Entry, error)
	Finish(ctx context.Context, on platform.Repairer, id string, progress journal.Progress) (journal.Entry, error)
	Undo(ctx context.Context, on platform.Repairer, id string, progress journal.Progress) (journal.Entry, error)
	Entries() ([]journal.Entry, error)
	Busy() bool
}

// repairer is what repairs what is looked at, or nil. A saved report is of a
// computer that is not here.
func (w *Wizard) repairer() platform.Repairer {
	switch {
	case w.practising == "" && w.o.File != "":
		return nil
	case w.recorded():
		r, ok := w.computer.(platform.Repairer)
		if !ok || w.o.Scratch == nil {
			return nil
		}
		return r
	case w.o.Journal == nil:
		return nil
	}
	return w.o.Repairer
}

func (w *Wizard) repairable() bool { return w.repairer() != nil }

// job is a part of a repair that is done away from Fyne's goroutine.
type job struct{ cancel context.CancelFunc }

// work does a part of a repair away from Fyne's goroutine, and there what the part
// returns, unless the repair was left meanwhile.
func (w *Wizard) work(part func(ctx context.Context, here func(func())) func()) {
	w.endWork()
	ctx, cancel := context.WithCancel(w.ctx)
	j := &job{cancel}
	w.job = j
	here := func(f func()) {
		fyne.Do(func() {
			if w.job == j {
				f()
			}
		})
	}
	w.working.Add(1)
	w.background(func() {
		defer w.working.Done()
		defer cancel()
		here(part(ctx, here))
	})
}

func (w *Wizard) endWork() {
	if w.job != nil {
		w.job.cancel()
		w.job = nil
	}
}

// act carries out what a button asks for.
func (w *Wizard) act(a action) {
	switch a.do {
	case cmdRepair:
		if w.repairable() {
			w.repair(toMake(a.repair, w.flow.result().d))
		}
	case cmdFinish:
		w.openEntry(actFinish, a.entry)
	case cmdUndo:
		if w.flow.over == pageRepair {
			w.repair(w.fix.undo())
			return
		}
		w.openEntry(actUndo, a.entry)
	case cmdConsent:
		w.consent()
	case cmdRetry:
		w.repair(w.fix.again())
	case cmdQuitFirst:
		if quit, ok := w.fix.quitsFirst(); ok {
			w.repair(w.fix.quitting(quit))
		}
	case cmdLeave:
		w.leaveRepair()
	case cmdRead, cmdSaw, cmdCopy, cmdPrint, cmdDecode, cmdSavePage, cmdSaveData:
		w.actReading(a)
	default:
		w.do(a.do)
	}
}

// repair shows how far a repair is, and goes on where that needs nobody. The page
// turns by itself then, whoever pressed what before.
func (w *Wizard) repair(r repairing) {
	w.fix, w.flow.over = r, pageRepair
	w.turnedAt = w.clock()
	if r.stage == stagePlanning {
		w.plan(r.repair)
	}
	w.update()
}

func (w *Wizard) plan(r platform.Repair) {
	on, s := w.repairer(), w.snapshot
	w.work(func(ctx context.Context, _ func(func())) func() {
		p, err := on.PlanRepair(ctx, r, s)
		return func() {
			if err != nil && platform.RepairWhyOf(err) == platform.RepairNotHere {
				w.notHere = maps.Clone(w.notHere)
				if w.notHere == nil {
					w.notHere = map[platform.Repair]bool{}
				}
				w.notHere[r] = true
			}
			w.repair(w.fix.planned(p, err))
		}
	})
}

// openEntry shows what finishing or undoing an entry would change.
func (w *Wizard) openEntry(a act, id string) {
	if i := slices.IndexFunc(w.entries, func(e journal.Entry) bool { return e.ID == id }); i >= 0 && w.repairable() {
		w.repair(a.of(w.entries[i], checks.Diagnosis{}))
	}
}

// consent makes the changes that the preview shows.
func (w *Wizard) consent() {
	if w.fix.stage != stagePreview {
		return
	}
	w.repair(w.fix.consented())
	j, err := w.journal()
	if err != nil {
		w.repair(w.fix.fails(err))
		return
	}
	r, on := w.fix, w.repairer()
	w.work(func(ctx context.Context, here func(func())) func() {
		e, err := r.change(ctx, j, on, func(_ platform.Change, place, of int) {
			here(func() {
				w.fix = w.fix.at(place, of)
				w.update()
			})
		})
		return func() { w.changed(w.fix.ended(e, err), e.ID != "") }
	})
}

// change makes, finishes or undoes what was consented to.
func (r repairing) change(ctx context.Context, j Journal, on platform.Repairer, progress journal.Progress) (journal.Entry, error) {
	switch r.act {
	case actFinish:
		return j.Finish(ctx, on, r.entry.ID, progress)
	case actUndo:
		return j.Undo(ctx, on, r.entry.ID, progress)
	}
	return j.Make(ctx, on, r.plan, progress)
}

// journal records what is done to what is looked at.
func (w *Wizard) journal() (Journal, error) {
	if !w.recorded() {
		return w.o.Journal, nil
	}
	if w.scratch == nil {
		j, remove, err := w.o.Scratch()
		if err != nil {
			return nil, err
		}
		w.scratch, w.removeScratch = j, remove
	}
	return w.scratch, nil
}

// changed looks at the computer again after it was changed, and shows how that
// ended.
func (w *Wizard) changed(r repairing, something bool) {
	if something || r.touched() {
		if w.purpose != "" {
			w.flow = begin()
		}
		w.follow()
		w.readJournal()
	}
	w.repair(r)
}

// leaveRepair goes on with what is under a repair. After a change that is the
// first step where something is left to see.
func (w *Wizard) leaveRepair() {
	touched, read := w.fix.touched(), w.library
	w.endRepair()
	switch {
	case touched:
		w.flow = w.flow.through()
	case len(read.leaves) > 0: // it was offered by an article
		w.library, w.flow.over = read, pageLibrary
	}
	if w.flow.page == pageRecords && w.purpose == "" {
		w.flow = flow{page: pageStart}
	}
	w.update()
}

// endRepair gives a repair up, as far as it goes, and the article that led to it; what
// it changed stays.
func (w *Wizard) endRepair() {
	w.endWork()
	w.fix, w.library = repairing{}, library{}
	if w.flow.over == pageRepair {
		w.flow.over = ""
	}
}

// journalOnShow is the journal of what is looked at, nil where there is none yet.
func (w *Wizard) journalOnShow() Journal {
	if w.recorded() {
		return w.scratch
	}
	return w.o.Journal
}

// readJournal learns what earlier repairs left on what is looked at.
func (w *Wizard) readJournal() {
	j := w.journalOnShow()
	if j == nil {
		w.entries, w.unreadable, w.othersRepair = nil, false, false
		return
	}
	w.background(func() {
		entries, err := j.Entries()
		busy := j.Busy()
		fyne.Do(func() {
			if now := w.journalOnShow(); now != j {
				return // another computer is looked at by now
			}
			w.entries, w.unreadable, w.othersRepair = entries, err != nil, busy
			w.update()
		})
	})
}

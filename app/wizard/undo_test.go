package wizard

import (
	"errors"
	"testing"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

// Where the browser runs again, it is quit first, and the undo goes on after that.
func TestUndoWhileTheBrowserRuns(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, clearPlan, quitPlan)
	f.show("service")
	f.repair(toMake(clearPlan.Repair, f.flow.result().d))
	f.step()
	f.consent()
	f.seeAgain("service")
	running := platform.Untouched(platform.CannotRepair(platform.RepairStillRuns, clearPlan.Repair.Target(), nil))
	for _, c := range clearPlan.Changes {
		f.fixer.fails[c.Kind] = running
	}
	f.press("元に戻す")
	f.consent()
	f.wantStage(stageFailed)
	f.wantText(words.CannotUndo(f.Wizard.t, clearPlan.Repair, running))
	f.wantText(words.Repair(f.Wizard.t, quitPlan.Repair))
	if entries, _ := f.book.Entries(); entries[0].State != journal.Made {
		t.Errorf("journal: %+v", entries[0])
	}
	f.seeAgain("service")
	f.primary()
	f.step()
	f.wantStage(stagePreview)
	clear(f.fixer.fails)
	f.consent()
	f.step() // the journal is read
	f.wantStage(stagePreview)
	f.wantText("これから行うこと")
	f.consent()
	f.wantStage(stageAfter)
	if entries, _ := f.book.Entries(); entries[len(entries)-1].State != journal.Undone {
		t.Errorf("journal: %+v", entries)
	}
}

// What could not be brought back is named.
func TestUndoOfAPart(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, clearPlan)
	f.show("service")
	f.repair(toMake(clearPlan.Repair, f.flow.result().d))
	f.step()
	f.consent()
	f.seeAgain("service")
	f.fixer.fails[platform.ChangeCookies] = platform.CannotRepair(platform.RepairChanged, "", errors.New("newer"))
	f.press("元に戻す")
	f.consent()
	if lost := f.fix.entry.Lost(); f.fix.stage == stageAfter {
		for _, line := range words.Lost(f.Wizard.t, lost) {
			f.wantText(line)
		}
	} else if platform.RepairWhyOf(f.fix.err) != platform.RepairNotUndoable {
		t.Errorf("%s: %v", f.fix.stage, f.fix.err)
	}
}

// An undo that stopped is offered as one, a live repair of another copy not at all,
// and records that can't be read are told of.
func TestOffersOfTheJournal(t *testing.T) {
	stopped := journal.Entry{ID: "1", Repair: clearPlan.Repair, State: journal.Unfinished, Undoing: true}
	for _, c := range clearPlan.Changes {
		stopped.Changes = append(stopped.Changes, journal.Step{Change: c, Begun: true})
	}
	sc := scene{t: assets.In(assets.Japanese), repairable: true, entries: []journal.Entry{stopped}, unreadable: true}
	all := sc.offers()
	if len(all) != 2 || all[0].text != sc.t.Text("wizard.offer.undoing") || len(all[0].choices) != 1 || all[0].choices[0].do != cmdUndo {
		t.Errorf("%+v", all)
	}
	sc.othersRepair, sc.unreadable = true, false
	if all := sc.offers(); len(all) != 0 {
		t.Errorf("while another copy is at work: %+v", all)
	}
}

// What was repaired can be undone later as well: from the result, and from the first
// page.
func TestUndoIsOfferedLater(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, enablePlan)
	f.show("service")
	f.primary()
	f.step()
	f.consent()
	f.seeAgain("healthy")
	f.primary()
	for len(f.jobs) > 0 {
		f.step()
	}
	f.do(cmdResult)
	title := f.Wizard.t.Text("wizard.choice.undo", assets.Args{"repair": words.Repair(f.Wizard.t, enablePlan.Repair)})
	f.wantText(title)
	rig := fixing{fixer: newFixer(), book: f.book}
	rig.rig = newRig(t, Options{Repairer: rig.fixer, Journal: f.book})
	rig.step()
	rig.press("修復を元に戻す")
	rig.wantPage(pageRecords)
	rig.wantText(words.Repair(f.Wizard.t, enablePlan.Repair))
	rig.press(words.Repair(f.Wizard.t, enablePlan.Repair))
	rig.consent()
	rig.wantDone("take back elevated")
}

// A repair that is not to be had here is not promised again.
func TestRepairsThatAreNotHere(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, enablePlan)
	f.show("service")
	f.fixer.errs[enable] = platform.CannotRepair(platform.RepairNotHere, "SCardSvr", nil)
	f.primary()
	f.step()
	f.wantStage(stageFailed)
	f.do(cmdBack)
	if f.says(words.Repair(f.Wizard.t, enable)) {
		t.Errorf("it is offered again: %q", f.texts())
	}
}

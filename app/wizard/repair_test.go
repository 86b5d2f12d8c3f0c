package wizard

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

func TestARepairFromAPageThatWaits(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, enablePlan)
	f.show("service")
	f.wantPage(pageReader)
	f.wantText("サービス「Smart Card（SCardSvr）」を使えるように戻す")
	f.primary()
	f.wantStage(stagePlanning)
	f.wantDone()
	f.step()
	f.wantStage(stagePreview)
	f.wantText(words.Change(f.Wizard.t, enablePlan.Changes[0]))
	f.wantText(words.RepairAbout(f.Wizard.t, enable))
	f.wantText("管理者の許可を聞く画面が出ます。")
	f.wantText(words.Undoable(f.Wizard.t, enablePlan))
	f.consent()
	f.wantDone("make elevated")
	f.wantStage(stageLooking)
	f.wantText(words.Help(f.Wizard.t, checks.StillLooks))
	f.seeAgain("blank")
	f.wantStage(stageLooking)
	f.primary()
	f.wantStage(stageLooking)
	f.show("healthy")
	f.wantStage(stageAfter)
	f.wantText(words.Help(f.Wizard.t, checks.Helped))
	f.primary()
	f.wantPage(pageResult)
	f.wantText(f.t18("wizard.result.fine.any"))
	if f.flow.over != "" || f.fix.act != "" {
		t.Errorf("left, and still there: %+v", f.fix)
	}
}

func TestARepairThatDoesNotHelp(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, enablePlan)
	f.show("service")
	f.primary()
	f.step()
	f.consent()
	f.seeAgain("service")
	f.wantStage(stageAfter)
	f.wantText(words.Help(f.Wizard.t, checks.NotHelped))
	f.show("no reader") // comes a moment later
	f.wantText(words.Help(f.Wizard.t, checks.Helped))
	f.wantText(f.t18("wizard.button.go-on"))
	f.primary()
	f.wantPage(pageReader)
	f.wantText("カードリーダーが見つかりません。")
}

func TestUndoAfterARepair(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, enablePlan)
	f.show("service")
	f.primary()
	f.step()
	f.consent()
	f.seeAgain("healthy")
	f.press("元に戻す")
	f.wantStage(stagePreview)
	f.wantText("これから行うこと")
	f.consent()
	f.wantDone("make elevated", "take back elevated")
	f.wantStage(stageAfter)
	f.wantText("元に戻しました")
	f.seeAgain("service")
	f.primary()
	f.wantPage(pageReader)
	if entries, _ := f.book.Entries(); len(entries) != 1 || entries[0].State != journal.Undone {
		t.Errorf("journal: %+v", entries)
	}
}

func TestNothingIsConsentedToByAccident(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, enablePlan)
	f.show("service")
	f.read()
	f.key(fyne.KeyReturn)
	f.key(fyne.KeyReturn)
	f.wantStage(stagePlanning)
	f.step()
	for range 100 { // Enter is held down
		f.pressPrimaryInEveryWay()
		f.now = f.now.Add(50 * time.Millisecond)
	}
	f.wantStage(stagePreview)
	f.win.Canvas().Focus(f.shell.primary)
	f.key(fyne.KeySpace)
	f.wantStage(stagePreview)
	f.key(fyne.KeyEscape)
	f.wantPage(pageReader)
	f.read()
	f.primary()
	f.step()
	f.press("やめる")
	if f.flow.over != "" {
		t.Error("「やめる」 leaves nothing")
	}
	f.wantDone()
	f.primary()
	f.step()
	f.read()
	f.key(fyne.KeyReturn)
	f.wantStage(stageDoing)
}

func TestNobodyLeavesWhileChangesAreMade(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, enablePlan)
	f.show("service")
	f.primary()
	f.step()
	f.fixer.during = func() {
		f.wantStage(stageDoing)
		f.wantText("変更しています")
		f.read()
		f.key(fyne.KeyEscape)
		f.key(fyne.KeyF5)
		f.pressPrimaryInEveryWay()
		f.wantStage(stageDoing)
		if f.shell.back.Visible() || f.shell.side.Visible() || f.shell.second.Visible() {
			t.Error("there is a way out")
		}
		wantWords(t, f.rig)
	}
	f.consent()
	f.wantDone("make elevated")
}

func TestClosingTheWindowStopsARepair(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, clearPlan)
	f.show("service")
	f.repair(toMake(clearData, f.flow.d))
	f.step()
	f.fixer.during = func() {
		if len(f.fixer.did) == 1 {
			f.wantText("2/2: ")
			f.stop()
		}
	}
	f.consent()
	f.wantDone("make cookies")
	f.wantStage(stageDoing) // nobody is there to be told
	if entries, _ := f.book.Entries(); journal.Pending(entries) == nil {
		t.Errorf("nothing to finish or undo: %+v", entries)
	}
}

func TestLeavingStopsAPlan(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, enablePlan)
	f.show("service")
	f.primary()
	f.key(fyne.KeyEscape)
	f.wantPage(pageReader)
	f.step() // the plan comes too late
	if f.flow.over != "" {
		t.Fatalf("stage %q", f.fix.stage)
	}
}

func TestFirstThingsFirst(t *testing.T) {
	for _, runs := range []bool{true, false} {
		f := newFixing(t, assets.Japanese, checks.Any, quitPlan, platform.RepairPlan{Repair: clearData, First: []platform.Repair{quit}})
		f.show("healthy")
		f.pass()
		f.repair(toMake(clearData, f.flow.d))
		f.step()
		f.wantStage(stagePlanning)
		if runs {
			f.step()
			f.wantStage(stagePreview)
			f.wantText("先に: Microsoft Edgeを完全に終了する")
			f.wantText("「Microsoft Edgeから、公式サービスのデータだけを消す」")
			f.wantText(words.Heed(f.Wizard.t, platform.HeedUnsavedWork))
			f.fixer.plans[clearData] = clearPlan
			f.consent()
			f.wantDone("make close-browser", "make end-process")
			f.step() // the journal is read
		} else { // it was quit meanwhile
			f.fixer.errs[quit] = platform.CannotRepair(platform.RepairNothing, "edge", nil)
			f.fixer.plans[clearData] = clearPlan
			f.step()
			f.fixer.did = []string{"make close-browser", "make end-process"}
		}
		f.wantStage(stagePlanning)
		f.pressPrimaryInEveryWay()
		f.step()
		f.pressPrimaryInEveryWay()
		f.wantStage(stagePreview)
		f.wantText("Cookie")
		f.consent()
		f.wantDone("make close-browser", "make end-process", "make cookies", "make site-folder")
		f.wantStage(stageLooking)
	}
}

func TestRepairsThatWaitForEachOther(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.Any, platform.RepairPlan{Repair: clearData, First: []platform.Repair{quit}})
	f.show("healthy")
	f.fixer.errs[quit] = platform.CannotRepair(platform.RepairNothing, "edge", nil)
	f.repair(toMake(clearData, f.flow.d))
	for len(f.jobs) > 0 {
		f.step()
	}
	f.wantStage(stageFailed)
}

func TestErrorsOfRepairs(t *testing.T) {
	tests := []struct {
		why     platform.RepairWhy
		primary string
	}{
		{platform.RepairNothing, "wizard.button.recheck"},
		{platform.RepairGone, "wizard.button.recheck"},
		{platform.RepairRefused, "wizard.button.again"},
		{platform.RepairLocked, "wizard.button.again"},
		{platform.RepairBusy, "wizard.button.again"},
		{platform.RepairFailed, "wizard.button.again"},
	}
	for _, lang := range assets.Langs {
		for _, tt := range tests {
			f := newFixing(t, lang, checks.Any, enablePlan)
			f.show("service")
			err := platform.CannotRepair(tt.why, "SCardSvr", errors.New("for developers"))
			f.fixer.errs[enable] = err
			f.primary()
			f.step()
			f.wantStage(stageFailed)
			f.wantText(words.CannotRepair(f.Wizard.t, enable, err))
			f.wantText(f.t18(tt.primary))
			if f.says("for developers") {
				t.Error("the error itself is shown")
			}
			delete(f.fixer.errs, enable)
			f.primary()
			if tt.primary == "wizard.button.recheck" {
				f.wantPage(pageReader)
				continue
			}
			f.step()
			f.wantStage(stagePreview)
		}
	}
}

func TestARepairThatStopsOnItsWay(t *testing.T) {
	for _, undo := range []bool{true, false} {
		f := newFixing(t, assets.Japanese, checks.Any, clearPlan)
		f.show("healthy")
		f.pass()
		f.repair(toMake(clearData, f.flow.d))
		f.step()
		f.fixer.fails[platform.ChangeSiteFolder] = platform.CannotRepair(platform.RepairLocked, "LOCK", nil)
		f.consent()
		f.wantStage(stageFailed)
		f.wantText("途中で止まっています。")
		f.step() // the journal is read
		delete(f.fixer.fails, platform.ChangeSiteFolder)
		f.fixer.did = nil
		if undo {
			f.press("元に戻す")
			f.consent()
			f.wantDone("take back site-folder", "take back cookies")
			continue
		}
		f.primary()
		f.wantStage(stagePreview)
		f.wantText("これから変更するもの")
		if f.says("Cookieを14件") {
			t.Error("what was made would be made again")
		}
		f.consent()
		f.wantDone("make site-folder")
		f.wantStage(stageLooking)
	}
}

func TestOpeningAPlaceIsNotHeldAgainstAnything(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.ETax, openPlan)
	f.puppet.report(t, practised(t, "extension-off"))
	f.pass()
	f.wantPage(pageResult)
	f.wantText(words.Repair(f.Wizard.t, open))
	f.primary()
	f.step()
	f.consent()
	f.wantStage(stageAfter)
	f.wantText(f.t18("wizard.repair.opened"))
	f.step()
	f.primary()
	f.wantPage(pageReader)
}

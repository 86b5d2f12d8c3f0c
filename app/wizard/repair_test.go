package wizard

import (
	"context"
	"errors"
	"slices"
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
	f.wantText("元に戻す変更")
	f.consent()
	f.wantDone("make elevated", "take back elevated")
	f.wantStage(stageAfter)
	f.wantText("元に戻しました: ")
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
	f.repair(toMake(clear, f.flow.d))
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
		f := newFixing(t, assets.Japanese, checks.Any, quitPlan, platform.RepairPlan{Repair: clear, First: []platform.Repair{quit}})
		f.show("healthy")
		f.pass()
		f.repair(toMake(clear, f.flow.d))
		f.step()
		f.wantStage(stagePlanning)
		if runs {
			f.step()
			f.wantStage(stagePreview)
			f.wantText("先に: Microsoft Edgeを完全に終了する")
			f.wantText("「Microsoft Edgeから、公式サービスのデータだけを消す」")
			f.wantText(words.Heed(f.Wizard.t, platform.HeedUnsavedWork))
			f.fixer.plans[clear] = clearPlan
			f.consent()
			f.wantDone("make close-browser", "make end-process")
		} else { // it was quit meanwhile
			f.fixer.errs[quit] = platform.CannotRepair(platform.RepairNothing, "edge", nil)
			f.fixer.plans[clear] = clearPlan
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
	f := newFixing(t, assets.Japanese, checks.Any, platform.RepairPlan{Repair: clear, First: []platform.Repair{quit}})
	f.show("healthy")
	f.fixer.errs[quit] = platform.CannotRepair(platform.RepairNothing, "edge", nil)
	f.repair(toMake(clear, f.flow.d))
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
		f.repair(toMake(clear, f.flow.d))
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

func TestWhatStoppedIsOfferedAtTheStart(t *testing.T) {
	for _, undo := range []bool{true, false} {
		f := newStopped(t, assets.Japanese, clearPlan)
		f.wantPage(pageStart)
		f.wantText("前回の修復が途中で止まりました。")
		if undo {
			f.press("元に戻す")
		} else {
			f.press("続きを実行する")
		}
		f.wantStage(stagePreview)
		f.press("やめる")
		f.wantText("前回の修復が途中で止まりました。")
		f.act(action{do: map[bool]command{true: cmdUndo, false: cmdFinish}[undo], entry: f.entries[0].ID})
		f.pressPrimaryInEveryWay()
		f.consent()
		if undo {
			f.wantDone("take back site-folder", "take back cookies")
			f.wantText("元に戻しました: ")
		} else {
			f.wantDone("make site-folder")
			f.wantText("行いました: ")
		}
		f.step()
		f.primary()
		f.wantPage(pageStart)
		if f.says("前回の修復") {
			t.Error("it is still offered")
		}
	}
}

func TestWhatCannotBeUndoneIsDismissed(t *testing.T) {
	f := newStopped(t, assets.Japanese, quitPlan)
	f.press("この知らせを消す")
	f.wantStage(stagePreview)
	f.consent()
	f.wantDone()
	f.wantStage(stageAfter)
	f.step()
	f.primary()
	f.wantPage(pageStart)
	if f.says("前回の修復") {
		t.Error("it is still offered")
	}
}

func TestADeviceThatIsTurnedOffIsOfferedAtTheStart(t *testing.T) {
	book := journal.Open(t.TempDir())
	if _, err := book.Make(t.Context(), newFixer(), turnOffPlan, nil); err != nil {
		t.Fatal(err)
	}
	f := fixing{fixer: newFixer(), book: book}
	f.rig = newRig(t, Options{Repairer: f.fixer, Journal: book})
	f.step()
	f.wantText("内蔵のNFCは止めたままです。")
	f.press("元に戻す")
	f.consent()
	f.wantDone("take back elevated")
	f.step()
	f.primary()
	if f.wantPage(pageStart); f.says("内蔵のNFCは止めたままです。") {
		t.Error("it is still offered")
	}
}

func TestWhatElseCanBeRepaired(t *testing.T) {
	f := newFixing(t, assets.Japanese, checks.ETax, turnOffPlan)
	f.puppet.report(t, practised(t, "nfc-conflict"))
	f.pass()
	f.wantPage(pageResult)
	if f.first.do != cmdRecheck {
		t.Errorf("what was only noticed is the primary button: %+v", f.first)
	}
	f.wantText("ほかにできること")
	f.press("内蔵のNFCを止める")
	f.wantStage(stagePlanning)
	f.step()
	f.wantText(words.Heed(f.Wizard.t, platform.HeedOtherDevices))
}

// What the first button led to before stays on the page.
func TestNoButtonIsLost(t *testing.T) {
	f := newFixing(t, assets.Japanese, "", enablePlan)
	f.press(f.t18("purpose.any"))
	f.show("service")
	if f.first.do != cmdRepair || f.secondary.do != cmdRecheck {
		t.Errorf("buttons %+v, %+v", f.first, f.secondary)
	}
	f.press("このまま結果を見る")
	f.wantPage(pageResult)
	f.wantText("サービス「Smart Card（SCardSvr）」を使えるように戻す")
	f.press("別の目的で調べる")
	f.wantPage(pageStart)
}

func TestLongNamesOfRepairsStandOnThePage(t *testing.T) {
	sc := sceneOf("service", pageResult, checks.Any)
	sc.repairable = true
	long := platform.EnableService("ScDeviceEnum")
	sc.f.d.Cause.Repairs = []platform.Repair{long}
	sc.f.d.Find(sc.f.d.Cause.ID).Repairs = []platform.Repair{long}
	v := sc.view()
	if v.primary.label != "直す内容を見る" || v.primary.repair != long || len(v.choices) != 1 || v.choices[0].title != words.Repair(sc.t, long) {
		t.Errorf("primary %+v, choices %+v", v.primary, v.choices)
	}
}

func TestWhereNothingIsRepaired(t *testing.T) {
	fix := newFixer(enablePlan)
	for name, o := range map[string]Options{
		"a saved report":                   {File: "report.yomitori", Repairer: fix, Journal: journal.Open(t.TempDir())},
		"nothing to repair with":           {},
		"no journal":                       {Repairer: fix},
		"a practice computer without one":  {Practising: "healthy", Repairer: fix, Journal: journal.Open(t.TempDir())},
		"nothing that repairs this system": {Journal: journal.Open(t.TempDir())},
	} {
		o.Purpose = checks.Any
		r := newRig(t, o)
		r.show("service")
		if r.first.do != cmdRecheck {
			t.Errorf("%s: %+v", name, r.first)
		}
	}
}

// practicePC is a practice computer on which repairs are simulated.
type practicePC struct {
	*puppet
	*fixer
}

func TestRepairsOfPractice(t *testing.T) {
	mine, removed := newFixer(), 0
	f := fixing{fixer: newFixer(enablePlan), book: journal.Open(t.TempDir())}
	pc := practicePC{newPuppet(), f.fixer}
	f.rig = newRig(t, Options{
		Purpose: checks.Any, Repairer: mine, Journal: journal.Open(t.TempDir()),
		Scratch:  func() (Journal, func(), error) { return f.book, func() { removed++ }, nil },
		Practice: []Practice{{Name: "healthy", Open: func() (platform.Computer, error) { return pc, nil }}},
	})
	f.step()
	f.show("no reader")
	f.press(f.t18("wizard.button.practice"))
	f.press(f.t18("practice.healthy.title"))
	pc.report(t, sample("service"))
	f.primary()
	f.step()
	f.wantText(f.t18("wizard.repair.practice"))
	f.fixer.during = func() {
		if f.shell.leave.Visible() {
			t.Error("practice can be left while something is changed")
		}
	}
	f.consent()
	f.wantDone("make elevated")
	if entries, _ := f.book.Entries(); len(entries) != 1 || len(mine.did) != 0 {
		t.Errorf("journal of practice %+v; this machine: %q", entries, mine.did)
	}
	pc.puppet.show(t, "healthy")
	f.wantText(words.Help(f.Wizard.t, checks.Helped))
	f.press(f.t18("wizard.practice.leave"))
	f.wantPage(pageReader)
	if f.flow.over != "" {
		t.Error("the repair outlives practice")
	}
	f.stop()
	if removed != 1 {
		t.Errorf("the journal of practice was removed %d times", removed)
	}
}

func TestAJournalOfPracticeThatCannotBeMade(t *testing.T) {
	f := fixing{fixer: newFixer(enablePlan)}
	f.rig = newRigOn(t, Options{
		Purpose: checks.Any, Practising: "healthy",
		Scratch: func() (Journal, func(), error) { return nil, nil, context.DeadlineExceeded },
	}, func(p *puppet) platform.Computer { return practicePC{p, f.fixer} })
	f.show("service")
	f.primary()
	f.step()
	f.primary()
	f.wantStage(stageFailed)
	f.wantDone()
	f.key(fyne.KeyEscape)
	f.wantPage(pageReader)
}

// TestRepairPages shows every stage in both languages and in the smallest window.
func TestRepairPages(t *testing.T) {
	size := fyne.NewSize(900, 600)
	for _, lang := range assets.Langs {
		plans := []platform.RepairPlan{enablePlan, turnOffPlan, clearPlan, quitPlan, openPlan}
		for _, plan := range plans {
			t.Run(string(lang)+"/"+string(plan.Repair.ID()), func(t *testing.T) {
				f := newFixing(t, lang, checks.Any, plan)
				f.win.Resize(size)
				f.show("service")
				stages := []stage{}
				look := func() {
					t.Helper()
					stages = append(stages, f.fix.stage)
					wantWords(t, f.rig)
					wantRoom(t, f.rig, size)
				}
				f.repair(toMake(plan.Repair, f.flow.d))
				look()
				f.step()
				look()
				f.fixer.during = look
				f.consent()
				look()
				f.seeAgain("healthy")
				look()
				if f.secondary.do == cmdUndo {
					f.act(f.secondary)
					look()
					f.consent()
					look()
				}
				for _, s := range []stage{stagePlanning, stagePreview, stageDoing, stageAfter} {
					if !slices.Contains(stages, s) {
						t.Errorf("stage %q was not seen", s)
					}
				}
			})
		}
		for name, plan := range map[string]platform.RepairPlan{"undoable": clearPlan, "not": quitPlan} {
			t.Run(string(lang)+"/stopped/"+name, func(t *testing.T) {
				f := newStopped(t, lang, plan)
				f.win.Resize(size)
				for _, do := range []command{cmdNone, cmdFinish, cmdUndo} {
					f.act(action{do: do, entry: f.entries[0].ID})
					wantWords(t, f.rig)
					wantRoom(t, f.rig, size)
					f.do(cmdBack)
				}
				f.act(action{do: cmdFinish, entry: f.entries[0].ID})
				f.fixer.fails[plan.Changes[len(plan.Changes)-1].Kind] = platform.CannotRepair(platform.RepairStillRuns, "msedge.exe", nil)
				f.consent()
				f.wantStage(stageFailed)
				wantWords(t, f.rig)
				wantRoom(t, f.rig, size)
			})
		}
	}
}

// TestEveryRepairHasRoom shows each repair on the buttons and in the lists.
func TestEveryRepairHasRoom(t *testing.T) {
	targets := map[platform.RepairID][]string{
		platform.RepairEndProgram: {"123456"}, platform.RepairDeleteCertificate: {"12"}, platform.RepairTurnOffDevice: {"usb-054c-06c3"},
		platform.RepairTurnOnDevice: {"usb-054c-06c3"}, platform.RepairRestartDevice: {"usb-054c-06c3"},
		platform.RepairRestartService: platform.RestartableServices, platform.RepairEnableService: platform.EnableableServices,
		platform.RepairStopService: platform.StoppableServices, platform.RepairForgetChoice: {"login.mynaportal.go.jp"},
	}
	for _, b := range platform.RepairBrowsers {
		for _, id := range []platform.RepairID{platform.RepairQuitBrowser, platform.RepairClearSiteData, platform.RepairClearCache} {
			targets[id] = append(targets[id], string(b))
		}
	}
	for _, p := range platform.Places {
		targets[platform.RepairOpen] = append(targets[platform.RepairOpen], string(p))
	}
	size := fyne.NewSize(900, 600)
	for _, lang := range assets.Langs {
		f := newFixing(t, lang, "", enablePlan)
		f.win.Resize(size)
		f.press(f.t18("purpose.any"))
		f.show("service")
		for _, id := range platform.Repairs() {
			all := targets[id]
			if all == nil {
				all = []string{""}
			}
			for _, on := range all {
				text := string(id)
				if on != "" {
					text += ":" + on
				}
				r, err := platform.ParseRepair(text)
				if err != nil {
					continue // forget-choice names hosts that may change
				}
				for i := range f.flow.d.Findings {
					f.flow.d.Findings[i].Repairs = []platform.Repair{r, enable, quit}
				}
				for _, p := range []page{pageReader, pageResult} {
					f.flow.page = p
					f.update()
					if f.first.repair != r {
						t.Fatalf("%s is not offered: %+v", text, f.first)
					}
					wantWords(t, f.rig)
					wantRoom(t, f.rig, size)
				}
			}
		}
	}
}

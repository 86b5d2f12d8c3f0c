package wizard

import (
	"testing"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
)

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
			f.wantText("元に戻しました")
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
	f.wantText(f.t18("wizard.repair.dismissed"))
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

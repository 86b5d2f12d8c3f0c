package wizard

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// TestRepairPages shows every stage in both languages and in the smallest window.
func TestRepairPages(t *testing.T) {
	if testing.Short() {
		t.Skip("it lays out what other tests do, and does nothing that they do not")
	}
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
	if testing.Short() {
		t.Skip("it lays out what other tests do, and does nothing that they do not")
	}
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

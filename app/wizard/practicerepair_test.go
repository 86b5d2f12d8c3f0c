package wizard

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/journal"
	"yomitori/platform/practice"
)

// repairablePC is a practice computer that is looked at when a test says so.
type repairablePC struct {
	*puppet
	platform.Repairer
	c platform.Computer
}

func newRepairable(t *testing.T, name string) repairablePC {
	t.Helper()
	c, err := practice.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	r, ok := platform.Computer(c).(platform.Repairer)
	if !ok {
		t.Skip("nothing can be repaired on practice computers")
	}
	return repairablePC{newPuppet(), r, c}
}

func (pc repairablePC) look(t *testing.T) {
	t.Helper()
	s, err := platform.Observe(t.Context(), pc.c, nil)
	if err != nil {
		t.Fatal(err)
	}
	pc.report(t, s)
}

// TestEveryRepairOfPractice makes every repair that is offered on a practice
// computer, and takes back what can be, in the smallest window.
func TestEveryRepairOfPractice(t *testing.T) {
	if testing.Short() {
		t.Skip("it lays out what other tests do, and does nothing that they do not")
	}
	size := fyne.NewSize(900, 600)
	repaired := 0
	for _, lang := range assets.Langs {
		for _, purpose := range []checks.Purpose{checks.ETax, checks.HPKI} {
			for _, name := range practice.Names() {
				for _, repair := range offeredOn(t, name, purpose) {
					repaired++
					t.Run(string(lang)+"/"+string(purpose)+"/"+name+"/"+repair.String(), func(t *testing.T) {
						pc := newRepairable(t, name)
						f := fixing{}
						f.rig = newRigOn(t, Options{
							Lang: lang, Purpose: purpose, Practising: name,
							Scratch: func() (Journal, func(), error) { return journal.Open(t.TempDir()), func() {}, nil },
						}, func(p *puppet) platform.Computer { pc.puppet = p; return pc })
						f.win.Resize(size)
						pc.look(t)
						look := func() {
							t.Helper()
							wantWords(t, f.rig)
							wantRoom(t, f.rig, size)
						}
						f.do(cmdResult)
						f.act(action{do: cmdRepair, repair: repair})
						f.makeAll(look)
						pc.look(t)
						look()
						f.wantStage(stageAfter)
						if f.secondary.do == cmdUndo {
							f.act(f.secondary)
							f.makeAll(look)
							f.wantStage(stageAfter)
							pc.look(t)
						}
					})
				}
			}
		}
	}
	if repaired == 0 {
		t.Error("no practice computer offers a repair")
	}
}

// makeAll consents to all that a repair asks for, one after the other.
func (f fixing) makeAll(look func()) {
	f.t.Helper()
	for range 10 {
		look()
		switch f.fix.stage {
		case stagePreview:
			f.primary()
		case stagePlanning, stageDoing:
			f.step()
		default:
			return
		}
	}
}

// offeredOn lists the repairs that any finding on a practice computer offers.
func offeredOn(t *testing.T, name string, p checks.Purpose) []platform.Repair {
	t.Helper()
	d := judge(practised(t, name), checks.Question{Purpose: p}).d
	all := repairsOf(d.Findings)
	slices.SortFunc(all, func(a, b platform.Repair) int { return slices.Compare([]string{a.String()}, []string{b.String()}) })
	return slices.Compact(all)
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
	f.End()
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

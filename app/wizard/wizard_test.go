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
)

func TestStartPageAsksForThePurpose(t *testing.T) {
	r := newRig(t, Options{})
	r.wantPage(pageStart)
	r.wantText("暗証番号は聞きません。何も送りません。")
	for _, p := range checks.Purposes {
		r.wantText(r.t18("purpose." + string(p)))
	}
	r.press(r.t18("purpose.any"))
	r.wantPage(pageReader)
	if r.purpose != checks.Any {
		t.Errorf("purpose %q", r.purpose)
	}
}

// t18 is a text in the language on show.
func (r *rig) t18(key string) string { return r.Wizard.t.Text(key) }

func TestAPurposeOnTheCommandLineSkipsTheStartPage(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.ETax})
	r.wantPage(pageReader)
	r.key(fyne.KeyEscape)
	r.wantPage(pageReader)
}

func TestWhatWasSeenBeforeThePurposeIsUsed(t *testing.T) {
	r := newRig(t, Options{})
	r.show("healthy")
	r.press(r.t18("purpose.any"))
	r.pass()
	r.wantPage(pageResult)
	if r.puppet.runs != 1 {
		t.Errorf("the computer was followed %d times", r.puppet.runs)
	}
}

func TestInsertionMovesOnWithoutAClick(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("no reader")
	r.pass()
	r.wantPage(pageReader)
	r.wantText("カードリーダーが見つかりません。")
	r.show("no card")
	r.pass()
	r.wantPage(pageCard)
	r.wantText("カードが入っていません。")
	r.show("reading")
	r.pass()
	r.wantPage(pageCard)
	r.show("healthy")
	r.pass()
	r.wantPage(pageResult)
	r.wantText(r.t18("wizard.result.fine.any"))
}

func TestRemovalReturnsToTheCard(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("healthy")
	r.pass()
	r.wantPage(pageResult)
	r.show("no card")
	r.wantPage(pageCard)
	r.pass()
	r.wantPage(pageCard)
	r.show("expired")
	r.pass()
	r.wantPage(pageResult)
	r.wantText("電子証明書の期限が切れています")
	if r.puppet.runs != 1 {
		t.Errorf("the computer was followed %d times", r.puppet.runs)
	}
}

func TestAVanishingReaderReturnsToTheReader(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("healthy")
	r.pass()
	r.show("no reader")
	r.wantPage(pageReader)
	r.show("healthy")
	r.pass()
	r.wantPage(pageResult)
}

func TestResultNamesTheCause(t *testing.T) {
	for _, purpose := range checks.Purposes {
		r := newRig(t, Options{Purpose: purpose})
		for _, name := range []string{"healthy", "expired", "locked", "juki", "failed"} {
			r.do(cmdRecheck)
			r.show(name)
			r.pass()
			if r.flow.page != pageResult {
				r.do(cmdResult) // the card is wrong for the purpose
			}
			d := checks.Diagnose(sample(name), purpose, sampleTime)
			switch d.Outcome() {
			case checks.CauseFound:
				r.wantText(words.Title(r.Wizard.t, *d.Cause))
				r.wantText(words.Advice(r.Wizard.t, *d.Cause))
			case checks.NothingToDo:
				r.wantText(r.t18("wizard.result.fine." + string(purpose)))
			default:
				r.wantText(r.t18("wizard.result.unknown"))
			}
			for _, f := range d.Findings {
				r.wantText(words.Title(r.Wizard.t, f))
			}
		}
	}
}

func TestRecheckFollowsAnew(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("expired")
	r.pass()
	r.key(fyne.KeyF5)
	r.wantPage(pageReader)
	r.show("healthy")
	r.pass()
	r.wantPage(pageResult)
	r.wantText(r.t18("wizard.result.fine.any"))
	if r.puppet.runs != 2 {
		t.Errorf("the computer was followed %d times, want 2", r.puppet.runs)
	}
}

func TestKeys(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("healthy")
	r.key(fyne.KeyReturn)
	r.wantPage(pageCard)
	r.key(fyne.KeySpace)
	r.wantPage(pageCertificate)
	r.key(fyne.KeyEscape)
	r.wantPage(pageCard)
	r.key(fyne.KeyEscape)
	r.wantPage(pageReader)
	r.win.Canvas().FocusNext()
	if r.win.Canvas().Focused() == nil {
		t.Fatal("Tab focuses nothing")
	}
	r.win.Canvas().Focus(r.shell.primary)
	r.key(fyne.KeyEnter)
	r.wantPage(pageCard)
	r.key(fyne.KeyEscape) // reaches the window past the focused button
	r.wantPage(pageReader)
}

func TestAPressForThePageBeforeIsIgnored(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("healthy")
	due := r.due
	due()
	r.wantPage(pageCard)
	r.shell.primary.Tapped(nil)
	r.wantPage(pageCard)
	r.now = r.now.Add(guard)
	r.shell.primary.Tapped(nil)
	r.wantPage(pageCertificate)
}

func TestButtonsStayInPlace(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	places := map[fyne.Position]bool{}
	look := func() {
		r.win.Resize(fyne.NewSize(1024, 680))
		visit(r.shell.root, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
			if o == r.shell.primary {
				places[at] = true
			}
		})
	}
	r.show("no reader")
	look()
	r.show("no card")
	look()
	r.show("healthy")
	for range rail {
		look()
		r.flow = r.flow.next()
		r.update()
	}
	if len(places) != 1 {
		t.Errorf("the primary button was at %v", places)
	}
}

func TestLanguageSwitch(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("no card")
	r.pass()
	r.press("English")
	r.wantPage(pageCard)
	r.wantText(assets.In(assets.English).Text("finding.card.absent.title"))
	r.press("日本語")
	r.wantText("カードが入っていません。")
}

func TestPracticeAndBack(t *testing.T) {
	other := newPuppet()
	r := newRig(t, Options{Purpose: checks.Any, Practice: []Practice{
		{Name: "healthy", Open: func() (platform.Computer, error) { return other, nil }},
		{Name: "broken", Open: func() (platform.Computer, error) { return nil, errors.New("no such file") }},
	}})
	r.show("no reader")
	r.press(r.t18("wizard.button.practice"))
	r.wantPage(pagePractice)
	r.press(r.t18("practice.healthy.title"))
	r.wantText("練習用: ")
	other.show(t, "healthy")
	r.pass()
	r.wantPage(pageResult)
	r.wantText("練習用: ")
	r.press(r.t18("wizard.practice.leave"))
	if r.says("練習用: ") {
		t.Error("the banner stays after practice")
	}
	r.show("no reader")
	r.wantPage(pageReader)
}

func TestAnEndlessHangDoesNotHangTheNextLook(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the handover")
	}
	f := &following{done: make(chan struct{})}
	start := time.Now()
	f.wait()
	if took := time.Since(start); took > handover+time.Second {
		t.Errorf("waited %v", took)
	}
}

func TestLongPagesScrollWithKeys(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.ETax})
	r.win.Resize(fyne.NewSize(900, 600))
	r.show("expired")
	r.pass()
	r.key(fyne.KeyEnd)
	if got, want := r.shell.scroll.Offset.Y, r.shell.body.Size().Height-r.shell.scroll.Size().Height; got < want-1 || got > want+1 {
		t.Errorf("offset %v after End, want %v", got, want)
	}
	r.key(fyne.KeyPageUp)
	r.key(fyne.KeyHome)
	if got := r.shell.scroll.Offset.Y; got != 0 {
		t.Errorf("offset %v after Home", got)
	}
}

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
	r.wantText("暗証番号は聞きません。頼まれないかぎり、何も送りません。")
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

func TestRemovalKeepsTheResult(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("expired")
	r.pass()
	r.wantPage(pageResult)
	r.show("no card")
	r.pass()
	r.wantPage(pageResult)
	r.wantText("カードが抜かれました。これは、抜く前の結果です。")
	r.wantText("電子証明書の期限が切れています")
	r.show("reading")
	r.wantPage(pageCard)
	r.show("healthy")
	r.pass()
	r.wantPage(pageResult)
	r.wantText(r.t18("wizard.result.fine.any"))
	if r.says("抜く前の結果") {
		t.Error("the result of the card that is in is said to be from before")
	}
	if r.puppet.runs != 1 {
		t.Errorf("the computer was followed %d times", r.puppet.runs)
	}
}

func TestAKeptResultCanBeLeft(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("expired")
	r.pass()
	r.show("no card")
	r.key(fyne.KeyEscape)
	r.wantPage(pageCard)
	r.wantText("カードが入っていません。")
	r.do(cmdResult)
	r.wantText("電子証明書の期限が切れています")
	r.press(r.t18("wizard.button.recheck"))
	r.wantPage(pageReader)
	r.show("no card")
	r.pass()
	r.do(cmdResult)
	if r.says("電子証明書の期限が切れています") {
		t.Error("the result outlives starting over")
	}
}

func TestRemovalElsewhereReturnsToTheCard(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("healthy")
	r.pass()
	r.key(fyne.KeyEscape)
	r.wantPage(pageNFC)
	r.show("no card")
	r.wantPage(pageCard)
}

func TestAVanishingReaderKeepsTheResult(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	for _, gone := range []string{"no reader", "service"} {
		r.show("healthy")
		r.pass()
		r.show(gone)
		r.wantPage(pageResult)
		r.wantText("カードリーダーが外れました。")
		r.wantText(r.t18("wizard.result.fine.any"))
	}
	r.show("no card")
	r.wantText("カードが抜かれました。")
	r.show("healthy")
	r.wantPage(pageCard)
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
			d := checks.Diagnose(sample(name), checks.Question{Purpose: purpose}, sampleTime)
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
	r.pass()
	for range 4 { // browsers do not matter here
		r.key(fyne.KeyEscape)
	}
	r.wantPage(pageCard)
	r.key(fyne.KeyReturn)
	r.wantPage(pageCertificate)
	r.key(fyne.KeySpace)
	r.wantPage(pageExpiry)
	r.key(fyne.KeyEscape)
	r.wantPage(pageCertificate)
	r.win.Canvas().FocusNext()
	if r.win.Canvas().Focused() == nil {
		t.Fatal("Tab focuses nothing")
	}
	r.win.Canvas().Focus(r.shell.primary)
	r.key(fyne.KeyEnter)
	r.wantPage(pageExpiry)
	r.key(fyne.KeyEscape) // reaches the window past the focused button
	r.wantPage(pageCertificate)
}

// pressPrimaryInEveryWay tries the primary button with mouse and keys.
func (r *rig) pressPrimaryInEveryWay() {
	r.shell.primary.Tapped(nil)
	r.key(fyne.KeyReturn)
	r.key(fyne.KeySpace)
}

func TestAPageThatPassesCannotBePressedOn(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	byItself := r.t18("wizard.button.by-itself")
	r.wantText(byItself)
	r.show("healthy")
	for range 5 {
		before := r.flow.page
		r.wantText(byItself)
		r.now = r.now.Add(time.Hour)
		r.pressPrimaryInEveryWay()
		r.wantPage(before)
		if want := r.flow.pace(); r.pace != want {
			t.Errorf("page %q stays %v, want %v", before, r.pace, want)
		}
		r.due()
	}
	r.wantPage(pageResult)
	r.key(fyne.KeyEscape)
	r.wantText(r.t18("wizard.button.next"))
	r.shell.primary.Tapped(nil)
	r.wantPage(pageResult)
}

func TestALatePressDoesNotStartOver(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("healthy")
	for r.flow.page != pageResult {
		r.due()
	}
	r.pressPrimaryInEveryWay()
	r.now = r.now.Add(guard - time.Millisecond)
	r.pressPrimaryInEveryWay()
	r.wantPage(pageResult)
	r.now = r.now.Add(time.Millisecond)
	r.shell.primary.Tapped(nil)
	r.wantPage(pageReader)
}

func TestChoosingAgainHoldsNothing(t *testing.T) {
	r := newRig(t, Options{})
	r.press(r.t18("purpose.any"))
	r.show("healthy")
	r.pass()
	for _, later := range []time.Duration{0, 2 * stale} {
		for r.flow.page != pageStart {
			r.press(r.t18("wizard.button.back"))
		}
		r.now = r.now.Add(later)
		r.press(r.t18("purpose.etax"))
		if later > 0 {
			r.show("healthy")
		}
		r.pass()
		r.wantPage(pageResult)
	}
}

func TestBackFromTheResultAsItIs(t *testing.T) {
	r := newRig(t, Options{Purpose: checks.Any})
	r.show("no card")
	r.pass()
	r.press(r.t18("wizard.button.result"))
	r.wantPage(pageResult)
	r.press(r.t18("wizard.button.back"))
	r.wantPage(pageCard)
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

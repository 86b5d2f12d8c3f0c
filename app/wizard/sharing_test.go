package wizard

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// TestSharedPages shows every page while the screen is shared, in both languages and the
// smallest window.
func TestSharedPages(t *testing.T) {
	size := fyne.NewSize(900, 600)
	practice := []Practice{{Name: "healthy", Open: func() (platform.Computer, error) { return newPuppet(), nil }}}
	for _, lang := range assets.Langs {
		t.Run(string(lang), func(t *testing.T) {
			r := newRig(t, Options{Lang: lang, File: "zqx.yomitori", Practice: practice, Tool: toolOfTests})
			r.win.Resize(size)
			r.key(fyne.KeyF8)
			check := func() {
				t.Helper()
				wantWords(t, r)
				wantRoom(t, r, size)
				wantLetters(t, r)
			}
			check()
			r.search("")
			check()
			r.do(cmdBack)
			for _, name := range []string{"service", "no card", "healthy", "expired", "hpki"} {
				eachPage(r, name, check)
			}
			r.act(action{do: cmdRead, leaf: leaf{kind: leafSupport}})
			check()
			r.do(cmdBack)
			r.flow.page = pageResult
			r.do(cmdAsk)
			check()
			r.press(r.t18("wizard.ask.list.show"))
			check()
			for range 6 {
				r.key(fyne.KeyPageDown)
				check()
			}
		})
	}
}

// wantLetters fails when a button in sight has no letter, or two have the same.
func wantLetters(t *testing.T, r *rig) {
	t.Helper()
	seen := map[string]string{}
	for _, o := range r.shell.pressables() {
		p := o.base
		switch {
		case p.letter == "" && (!o.scrolls || r.shell.inSight(o.at)):
			t.Errorf("page %q: %q has no letter", r.flow.shown(), p.label)
		case p.letter != "" && seen[p.letter] != "":
			t.Errorf("page %q: %q and %q are both %s", r.flow.shown(), seen[p.letter], p.label, p.letter)
		}
		seen[p.letter] = p.label
	}
}

func TestLettersPressButtons(t *testing.T) {
	r := newRig(t, Options{Tool: toolOfTests})
	alt := func(key fyne.KeyName) {
		if !r.typedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt}) {
			t.Errorf("nothing is at %s", key)
		}
	}
	if r.typedShortcut(&desktop.CustomShortcut{KeyName: "A", Modifier: fyne.KeyModifierAlt}) {
		t.Error("letters press something that show on nothing")
	}
	r.key(fyne.KeyF8)
	r.wantText(r.t18("wizard.share.no-code"))
	alt(fyne.KeyName(letterOf(t, r, r.t18("purpose.etax"))))
	r.wantPage(pageReader)
	r.show("expired")
	r.pass()
	r.wantPage(pageResult)
	r.wantText(r.code())
	alt("1")
	r.wantPage(pageReader)
	alt("7")
	r.wantPage(pageResult)
	alt(fyne.KeyLeft)
	if r.flow.page == pageResult {
		t.Error("Alt and the left arrow do not lead back")
	}
	alt(fyne.KeyName(letterOf(t, r, r.t18("wizard.share.end"))))
	if r.sharing() || r.says(r.code()) {
		t.Error("the screen is shared still")
	}
}

// Whoever types can press the letters, too.
func TestLettersInAField(t *testing.T) {
	r := newRig(t, Options{})
	r.win.Canvas().Focus(named(r.shell.body, fieldName))
	r.key(fyne.KeyF8)
	if !r.sharing() {
		t.Fatal("F8 in the field does nothing")
	}
	f := named(r.shell.body, fieldName).(*field)
	r.win.Canvas().Focus(f)
	f.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyName(letterOf(t, r, r.t18("purpose.any"))), Modifier: fyne.KeyModifierAlt})
	r.wantPage(pageReader)
	if r.purpose != checks.Any {
		t.Errorf("purpose %q", r.purpose)
	}
}

func letterOf(t *testing.T, r *rig, label string) string {
	t.Helper()
	for _, o := range r.shell.pressables() {
		if o.base.label == label {
			return o.base.letter
		}
	}
	t.Fatalf("no button %q", label)
	return ""
}

// What is typed stays what it is: a shared screen shows it as dots, and writes nothing
// back.
func TestTypedTextIsOnlyCovered(t *testing.T) {
	r := newRig(t, Options{Tool: toolOfTests, Who: somebody, Purpose: checks.ETax})
	r.show("expired")
	r.pass()
	r.flow = r.flow.toResult()
	r.do(cmdAsk)
	const typed = "zqxuser cannot log in"
	r.askPage.field.SetText(typed)
	r.share()
	if r.typed != typed || r.askPage.field.Text != typed || !r.askPage.field.Password {
		t.Errorf("shared: kept %q, in the field %q, hidden %v", r.typed, r.askPage.field.Text, r.askPage.field.Password)
	}
	r.askPage.field.SetText("HUB0002")
	if r.askPage.field.Password {
		t.Error("what tells of nobody is hidden")
	}
	r.askPage.field.SetText(typed)
	r.share()
	if r.typed != typed || r.askPage.field.Text != typed || r.askPage.field.Password {
		t.Errorf("after: kept %q, in the field %q, hidden %v", r.typed, r.askPage.field.Text, r.askPage.field.Password)
	}
}

func TestASharedScreenShowsTheNameOfTheFileOnly(t *testing.T) {
	var fails error
	r, _ := newSaving(t, assets.Japanese, &fails)
	r.share()
	r.act(r.first)
	r.step()
	r.wantText(r.Wizard.t.Text("report.saved", assets.Args{"file": "report1.html"}))
	r.share()
	r.wantText(r.Wizard.t.Text("report.saved", assets.Args{"file": `C:\Users\zqxhome\report1.html`}))
}

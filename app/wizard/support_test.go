package wizard

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"yomitori/app/report"
	"yomitori/app/report/supportcode"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

var toolOfTests = report.Tool{Name: "yomitori", Version: "1.2.3"}

func TestTheSupportCode(t *testing.T) {
	r := newRig(t, Options{Tool: toolOfTests})
	r.choose(checks.ETax)
	r.show("expired")
	r.do(cmdResult)
	r.press(r.t18("wizard.code.open"))
	r.wantLeaf(leaf{kind: leafSupport})
	want := supportcode.Of(checks.Diagnose(sample("expired"), checks.Question{Purpose: checks.ETax}, sampleTime), sample("expired"), "1.2.3").Encode()
	r.wantText(want)
	drawn := false
	visit(r.shell.body, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
		_, is := o.(*canvas.Raster)
		drawn = drawn || is && o.Size() == fyne.NewSize(codeShort, codeShort) && at.Y+codeShort < r.shell.holder.Size().Height
	})
	if !drawn {
		t.Error("no QR code is in sight")
	}
	r.press(r.t18("wizard.code.copy"))
	r.wantText(r.t18("wizard.code.copied"))
	if got := fyne.CurrentApp().Clipboard().Content(); got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	r.key(fyne.KeyEscape)
	r.wantLeaf(leaf{})
	r.wantPage(pageResult)
}

// With nothing but the keyboard, from the first page to the result that a code tells.
func TestEnteringACode(t *testing.T) {
	r := newRig(t, Options{})
	c := r.win.Canvas()
	for range 40 {
		c.(interface{ FocusNext() }).FocusNext()
		if nameOf(c.Focused()) == r.t18("wizard.code.enter") {
			break
		}
	}
	r.key(fyne.KeyReturn)
	r.wantLeaf(leaf{kind: leafEnter})
	if nameOf(c.Focused()) != fieldName {
		t.Error("nobody can type at once")
	}
	code := supportcode.Of(checks.Diagnose(sample("expired"), checks.Question{Purpose: checks.ETax}, sampleTime), sample("expired"), "1.2.3").Encode()
	wrong := []byte(code)
	wrong[len(wrong)-8] = '0' + (wrong[len(wrong)-8]-'0'+1)%10
	for typed, key := range map[string]string{
		"12a4": "error.code-not-digits", "1234 5678": "error.code-length", string(wrong): "error.code-check",
		"1234": "wizard.ask.message.pin",
	} {
		field := named(r.shell.body, fieldName).(*field)
		field.SetText(typed)
		c.Focus(field)
		r.key(fyne.KeyReturn)
		r.wantText(r.t18(key))
	}
	if typed := r.library.top().typed; typed == "1234" {
		t.Error("what looks like a PIN is kept")
	}
	field := named(r.shell.body, fieldName).(*field)
	field.SetText("　" + strings.ReplaceAll(code, " ", "-"))
	c.Focus(field)
	r.key(fyne.KeyReturn)
	r.wantLeaf(leaf{kind: leafTheirs, id: code})
	r.wantText(r.t18("wizard.code.theirs"))
	r.key(fyne.KeyEscape)
	if top := r.library.top(); top.kind != leafEnter || top.typed == "" {
		t.Errorf("the code cannot be mended: %+v", top)
	}
	r.key(fyne.KeyEscape)
	r.wantPage(pageStart)
}

// TestEveryCodePage shows the code of every practice computer and what it tells, in both
// languages and the smallest window.
func TestEveryCodePage(t *testing.T) {
	size := fyne.NewSize(900, 600)
	for _, lang := range assets.Langs {
		r := newRig(t, Options{Lang: lang, Tool: toolOfTests, Practising: "healthy"})
		r.win.Resize(size)
		r.act(action{do: cmdRead, leaf: leaf{kind: leafEnter}})
		wantArticle(t, r, size)
		for _, name := range practice.Names() {
			for _, p := range checks.Purposes {
				s := observed(t, name)
				r.purpose, r.flow = p, begin().see(judge(s, checks.Question{Purpose: p})).toResult()
				r.library = library{}
				r.act(action{do: cmdRead, leaf: leaf{kind: leafSupport}})
				wantArticle(t, r, size)
				code := r.code()
				r.act(action{do: cmdRead, leaf: leaf{kind: leafTheirs, id: code}})
				wantArticle(t, r, size)
				d := checks.Diagnose(s, checks.Question{Purpose: p}, s.Taken)
				if v := r.scene().theirView(); v.mark != outcomeMark(d) && d.Outcome() != checks.NotHere {
					t.Errorf("%s for %s: mark %q, want %q", name, p, v.mark, outcomeMark(d))
				}
			}
		}
	}
}

func observed(t *testing.T, name string) platform.Snapshot {
	t.Helper()
	c, err := practice.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := platform.Observe(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

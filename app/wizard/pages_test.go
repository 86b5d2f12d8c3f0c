package wizard

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

var sampleNames = []string{
	"blank", "failed", "refused", "service", "no reader", "no card", "reading", "healthy",
	"mute", "lost", "busy", "felica", "juki", "expired", "locked", "last try", "renew soon", "hpki",
}

// eachPage shows every page of a sample, folded and unfolded.
func eachPage(r *rig, name string, check func()) {
	r.home()
	r.choose(checks.ETax)
	r.show(name)
	for _, p := range rail {
		r.flow.page, r.flow.reached, r.unfolded = p, len(rail)-1, false
		r.update()
		check()
		r.unfolded, r.shell.shown = true, nil
		r.update()
		check()
	}
}

// TestPages shows every page for every sample in both languages, at the
// default and at the smallest size.
func TestPages(t *testing.T) {
	sizes := map[string]fyne.Size{"default": fyne.NewSize(1024, 680), "small": fyne.NewSize(900, 600)}
	practice := []Practice{{Name: "healthy", Open: func() (platform.Computer, error) { return newPuppet(), nil }}}
	for _, lang := range assets.Langs {
		for sizeName, size := range sizes {
			t.Run(string(lang)+"/"+sizeName, func(t *testing.T) {
				r := newRig(t, Options{Lang: lang, File: "report.yomitori", Practice: practice})
				r.win.Resize(size)
				check := func() {
					t.Helper()
					wantWords(t, r)
					wantRoom(t, r, size)
				}
				check()
				r.do(cmdPractice)
				check()
				r.do(cmdBack)
				for _, name := range sampleNames {
					eachPage(r, name, check)
				}
				r.show("no card") // the last result is kept
				r.wantPage(pageResult)
				check()
			})
		}
	}
}

// wantWords fails on keys that have no text, placeholders that were not
// filled, and values that are nobody's business.
func wantWords(t *testing.T, r *rig) {
	t.Helper()
	all := strings.Join(r.texts(), "\n")
	for _, bad := range []string{
		"wizard.", "finding.", "unknown.", "skipped.", "pending.", "status.", "step.", "practice.", "role.", "why.",
		"message.", "moment.", "told.",
		"repair.open", "cannot-repair.", "heed.", "service-start.", "undoable.",
		"{", "}", secretSubject, secretSerial, secretATR,
	} {
		if strings.Contains(all, bad) {
			t.Errorf("page %q shows %q in:\n%s", r.flow.page, bad, all)
		}
	}
}

// wantRoom fails on text that is wider than its place, or that leaves the
// window to the right; below, pages scroll.
func wantRoom(t *testing.T, r *rig, window fyne.Size) {
	t.Helper()
	if m := r.shell.root.MinSize(); m.Width > window.Width || m.Height > window.Height {
		t.Errorf("page %q needs %v, the window has %v", r.flow.page, m, window)
	}
	visit(r.shell.root, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
		text, ok := o.(*canvas.Text)
		if !ok {
			return
		}
		min := text.MinSize()
		if min.Width > text.Size().Width+1 || min.Height > text.Size().Height+1 {
			t.Errorf("page %q: %q needs %v, has %v", r.flow.page, text.Text, min, text.Size())
		}
		if at.X < 0 || at.X+min.Width > window.Width {
			t.Errorf("page %q: %q ends at %v", r.flow.page, text.Text, at.X+min.Width)
		}
	})
	wantNoOverlap(t, r)
}

// wantNoOverlap fails when two paragraphs of the body cover each other.
func wantNoOverlap(t *testing.T, r *rig) {
	t.Helper()
	type box struct {
		text string
		at   fyne.Position
		size fyne.Size
	}
	var boxes []box
	visit(r.shell.body, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
		if p, ok := o.(*paragraph); ok && p.text != "" {
			boxes = append(boxes, box{p.text, at, p.Size()})
		}
	})
	for i, a := range boxes {
		for _, b := range boxes[:i] {
			across := a.at.X+1 < b.at.X+b.size.Width && b.at.X+1 < a.at.X+a.size.Width
			down := a.at.Y+1 < b.at.Y+b.size.Height && b.at.Y+1 < a.at.Y+a.size.Height
			if across && down {
				t.Errorf("page %q: %q and %q overlap", r.flow.page, a.text, b.text)
			}
		}
	}
	if last := len(boxes) - 1; last >= 0 {
		if end := boxes[last].at.Y + boxes[last].size.Height; end > r.shell.body.Size().Height+1 {
			t.Errorf("page %q: text ends at %v, what scrolls at %v", r.flow.page, end, r.shell.body.Size().Height)
		}
	}
}

// TestEveryDrawingExists fails on the name of a drawing that nobody drew.
func TestEveryDrawingExists(t *testing.T) {
	for _, name := range sampleNames {
		for _, purpose := range checks.Purposes {
			d := checks.Diagnose(sample(name), checks.Question{Purpose: purpose}, sampleTime)
			for _, p := range rail {
				sc := scene{t: assets.In(assets.Japanese), f: flow{page: p, seen: true, judged: judged{sample(name), d}}, purpose: purpose}
				if v := sc.view(); len(assets.Drawing(v.drawing)) == 0 {
					t.Errorf("%s, %s, page %q: no drawing %q", name, purpose, p, v.drawing)
				}
			}
		}
	}
}

// TestDrawingsYieldToText narrows the window: text comes before drawings.
func TestDrawingsYieldToText(t *testing.T) {
	r := newRig(t, Options{})
	drawn := func() bool {
		found := false
		visit(r.shell.body, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
			_, is := o.(*canvas.Image)
			found = found || is && o.Size() == drawingSize
		})
		return found
	}
	look := func() {
		t.Helper()
		for _, width := range []float32{1024, 900, 880, 760, 900} {
			size := fyne.NewSize(width, 600)
			r.win.Resize(size)
			if drawn() != (width >= 900) {
				t.Errorf("page %q at %v: drawn %v", r.flow.page, width, drawn())
			}
			wantRoom(t, r, size)
		}
	}
	look()
	r.choose(checks.Any)
	look()
	r.show("healthy")
	r.pass()
	look()
}

// BenchmarkTurn turns between the two fullest pages: a page must be there
// within a frame or two.
func BenchmarkTurn(b *testing.B) {
	test.NewTempApp(b)
	w := New(fyne.CurrentApp(), Options{Computer: newPuppet(), Purpose: checks.ETax})
	w.flow = begin().see(judge(sample("expired"), checks.Question{Purpose: checks.ETax})).toResult()
	for b.Loop() {
		w.update()
		w.flow.page = pageCertificate
		w.update()
		w.flow.page = pageResult
	}
}

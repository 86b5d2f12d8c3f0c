package wizard

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"yomitori/platform"
)

// puppet is a computer that reports what a test tells it to.
type puppet struct {
	shots chan platform.Snapshot
	taken chan struct{}
	runs  int
}

func newPuppet() *puppet {
	return &puppet{shots: make(chan platform.Snapshot), taken: make(chan struct{})}
}

func (p *puppet) Follow(ctx context.Context, report func(platform.Snapshot)) error {
	p.runs++
	for {
		select {
		case <-ctx.Done():
			return nil
		case s := <-p.shots:
			if ctx.Err() != nil { // it is for the one who follows next
				go func() { p.shots <- s }()
				return nil
			}
			report(s)
			p.taken <- struct{}{}
		}
	}
}

// show reports a sample, and returns when it is on the screen: the test driver
// carries fyne.Do out at once.
func (p *puppet) show(t *testing.T, name string) {
	t.Helper()
	p.report(t, sample(name))
}

// report is show with a snapshot.
func (p *puppet) report(t *testing.T, s platform.Snapshot) {
	t.Helper()
	select {
	case p.shots <- s:
		<-p.taken
	case <-time.After(5 * time.Second):
		t.Fatal("nobody follows the computer")
	}
}

// rig is a wizard with a puppet and a clock that stands still.
type rig struct {
	*Wizard
	t      *testing.T
	puppet *puppet
	now    time.Time
	due    func() // what the pacing timer would do
	pace   time.Duration
	jobs   []func() // that would run in the background
}

func newRig(t *testing.T, o Options) *rig {
	t.Helper()
	return newRigOn(t, o, func(p *puppet) platform.Computer { return p })
}

// newRigOn is newRig on a computer that is made of the puppet.
func newRigOn(t *testing.T, o Options, on func(*puppet) platform.Computer) *rig {
	t.Helper()
	r := &rig{t: t, puppet: newPuppet(), now: sampleTime}
	o.Computer = on(r.puppet)
	r.Wizard = New(test.NewTempApp(t), o)
	r.clock = func() time.Time { return r.now }
	r.after = func(d time.Duration, f func()) func() {
		r.due, r.pace = f, d
		return func() { r.due = nil }
	}
	r.background = func(job func()) { r.jobs = append(r.jobs, job) }
	r.Start(t.Context())
	t.Cleanup(func() {
		r.stop()
		r.following.wait()
		r.win.Close()
	})
	return r
}

func (r *rig) show(name string) {
	r.t.Helper()
	r.puppet.show(r.t, name)
}

// step runs the job that has waited longest.
func (r *rig) step() {
	r.t.Helper()
	if len(r.jobs) == 0 {
		r.t.Fatalf("nothing is to be done on page %q: %q", r.flow.shown(), r.texts())
	}
	job := r.jobs[0]
	r.jobs = r.jobs[1:]
	job()
}

// pass lets all pages pass that do so by themselves.
func (r *rig) pass() {
	r.t.Helper()
	for range rail {
		if r.due == nil {
			break
		}
		due := r.due
		r.due = nil
		due()
	}
	r.now = r.now.Add(2 * time.Second)
}

func (r *rig) wantPage(p page) {
	r.t.Helper()
	if r.flow.page != p {
		r.t.Fatalf("page %q, want %q; on it: %v", r.flow.page, p, r.texts())
	}
}

// visit calls f with every visible object and its place in the window.
func visit(o fyne.CanvasObject, at fyne.Position, f func(fyne.CanvasObject, fyne.Position)) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	f(o, at)
	var below []fyne.CanvasObject
	switch v := o.(type) {
	case *fyne.Container:
		below = v.Objects
	case fyne.Widget:
		below = test.WidgetRenderer(v).Objects()
	}
	for _, b := range below {
		visit(b, at, f)
	}
}

// texts are all lines of text in the window.
func (r *rig) texts() []string {
	var all []string
	visit(r.shell.root, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if t, ok := o.(*canvas.Text); ok && t.Text != "" {
			all = append(all, t.Text)
		}
	})
	return all
}

// says reports whether the window shows a text, however it is broken.
func (r *rig) says(text string) bool {
	strip := strings.NewReplacer(" ", "", "\n", "")
	return strings.Contains(strip.Replace(strings.Join(r.texts(), "")), strip.Replace(text))
}

func (r *rig) wantText(text string) {
	r.t.Helper()
	if !r.says(text) {
		r.t.Errorf("%q is not on the page: %q", text, r.texts())
	}
}

// press presses the button with a label.
func (r *rig) press(label string) {
	r.t.Helper()
	var found fyne.Tappable
	visit(r.shell.root, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		a, ok := o.(fyne.Accessible)
		if b, tappable := o.(fyne.Tappable); ok && tappable && strings.HasPrefix(a.AccessibilityLabel(), label) {
			found = b
		}
	})
	if found == nil {
		r.t.Fatalf("no button %q on page %q: %q", label, r.flow.page, r.texts())
	}
	found.Tapped(nil)
}

func (r *rig) key(name fyne.KeyName) {
	if f := r.win.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
		return
	}
	r.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: name})
}

package windows_test

import (
	"context"
	"io/fs"
	"slices"
	"testing"

	"yomitori/platform"
	"yomitori/platform/windows"
)

// elevation plays what crosses to the elevated program.
type elevation struct {
	elevated bool
	asked    []string
	code     int
	err      error
}

func (e *elevation) join(n *windows.Native) *windows.Native {
	n.IsElevated = func() bool { return e.elevated }
	n.RunElevated = func(_ context.Context, arguments string) (int, error) {
		e.asked = append(e.asked, arguments)
		return e.code, e.err
	}
	return n
}

func TestElevate(t *testing.T) {
	change := platform.Change{
		Kind: platform.ChangeElevated, Undoable: true, Do: platform.EnableService("SCardSvr"), Back: platform.DisableService("SCardSvr"), Service: "SCardSvr",
	}
	for _, tt := range []struct {
		name string
		e    elevation
		why  platform.RepairWhy
	}{
		{name: "made"},
		{name: "nothing to do", e: elevation{code: platform.ElevatedExit(platform.CannotRepair(platform.RepairNothing, "", nil))}},
		{name: "denied", e: elevation{code: platform.ElevatedExit(platform.CannotRepair(platform.RepairDenied, "", nil))}, why: platform.RepairDenied},
		{name: "another exit code", e: elevation{code: 2}, why: platform.RepairFailed},
		{name: "the user says no", e: elevation{err: windows.ErrCancelled}, why: platform.RepairRefused},
		{name: "nobody may be asked", e: elevation{err: fs.ErrPermission}, why: platform.RepairNoAdmin},
		{name: "no answer", e: elevation{err: context.DeadlineExceeded}, why: platform.RepairTimedOut},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := options(newRegFile(t), nil)
			o.Native = tt.e.join((&manager{}).native())
			wantWhy(t, make1(t, o, change), tt.why)
			wantWhy(t, windows.New(o).TakeBack(t.Context(), change, ""), tt.why)
			if want := []string{"elevated enable-service:SCardSvr", "elevated disable-service:SCardSvr"}; !slices.Equal(tt.e.asked, want) {
				t.Errorf("got %q", tt.e.asked)
			}
		})
	}
	t.Run("no way to ask", func(t *testing.T) {
		wantWhy(t, make1(t, windows.Options{Native: &windows.Native{}}, change), platform.RepairNoAdmin)
	})
	t.Run("nothing takes it back", func(t *testing.T) {
		e := elevation{}
		o := windows.Options{Native: e.join(&windows.Native{})}
		wantWhy(t, windows.New(o).TakeBack(t.Context(), platform.Change{Kind: platform.ChangeElevated, Undoable: true}, ""), platform.RepairNotUndoable)
		wantWhy(t, make1(t, o, platform.Change{Kind: platform.ChangeElevated, Do: platform.ClearSSLState()}), platform.RepairNotUndoable)
		if e.asked != nil {
			t.Errorf("asked %q", e.asked)
		}
	})
	t.Run("an administrator already", func(t *testing.T) {
		m := manager{services: map[string]*platform.Service{"SCardSvr": service(platform.StartDisabled, "stopped")}}
		e := elevation{elevated: true}
		o := options(newRegFile(t), nil)
		o.Native = e.join(m.native())
		wantWhy(t, make1(t, o, change), "")
		wantWhy(t, make1(t, o, change), "") // again: nothing to do is no error
		wantWhy(t, windows.New(o).TakeBack(t.Context(), change, ""), "")
		wantWhy(t, windows.New(o).TakeBack(t.Context(), change, ""), "")
		if want := []string{"manual SCardSvr", "disabled SCardSvr"}; !slices.Equal(m.did, want) || e.asked != nil {
			t.Errorf("did %q, asked %q", m.did, e.asked)
		}
	})
}

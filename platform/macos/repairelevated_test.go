package macos_test

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
)

var restart = platform.RestartService("com.apple.ifdreader")

func TestRestartReaderService(t *testing.T) {
	l := newLiving(t)
	l.script = func() error { return nil }
	p := l.plan(restart)
	if d := cmp.Diff([]platform.Heeding{platform.HeedMayBeRefused, platform.HeedCardsOfAll}, p.Heed); d != "" {
		t.Errorf("heed (-want +got):\n%s", d)
	}
	if len(p.Changes) != 1 || p.Changes[0].Kind != platform.ChangeElevated || p.Changes[0].Do != restart || p.Undoable() {
		t.Errorf("%+v", p.Changes)
	}
	if err := l.make(p, ""); err != nil || len(l.told) > 0 {
		t.Errorf("%v, told %q", err, l.told)
	}
	// As root there is nobody to ask.
	root := newLiving(t)
	root.uid = 0
	if err := root.make(p, ""); err != nil || len(root.asked) > 0 {
		t.Errorf("%v, asked %q", err, root.asked)
	}
	if d := cmp.Diff([]string{"/usr/bin/killall -9 com.apple.ifdreader"}, root.told); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Whatever the program is called, the scripts stay the same and its name is one
// argument behind them.
func TestElevationScriptHoldsNoName(t *testing.T) {
	var script []string
	for _, name := range []string{
		"/Applications/Yomitori.app/Contents/MacOS/yomitori", "/Users/花子/カード 読み取り/yomitori",
		`/x" & (do shell script "id") & "`, "/x'; id; '", `/x\" end run`, "/-e", "/x\n-e\nevil", "/$(id)`id`",
	} {
		l := newLiving(t)
		l.script = func() error { return nil }
		l.o.Executable = func() (string, error) { return name, nil }
		if err := l.make(l.plan(restart), ""); err != nil {
			t.Fatal(err)
		}
		n := len(l.asked)
		if l.asked[n-3] != "--" || l.asked[n-2] != name || l.asked[n-1] != "restart-service:com.apple.ifdreader" {
			t.Errorf("asked %q", l.asked)
		}
		if script == nil {
			script = l.asked[:n-2]
		}
		if d := cmp.Diff(script, l.asked[:n-2]); d != "" {
			t.Errorf("%q changed the script:\n%s", name, d)
		}
	}
	if text := strings.Join(script, "\n"); strings.Count(text, "quoted form of item") != 2 || strings.Contains(text, "Yomitori") {
		t.Errorf("script %q", script)
	}
}

func TestElevationWithoutProgram(t *testing.T) {
	for _, executable := range []func() (string, error){
		func() (string, error) { return "", errors.New("no such thing") },
		func() (string, error) { return "yomitori", nil },
		func() (string, error) { return "/a\x00b", nil },
	} {
		l := newLiving(t)
		l.o.Executable = executable
		fails(t, l.make(l.plan(restart), ""), platform.RepairNoAdmin)
		if len(l.asked) > 0 {
			t.Errorf("asked %q", l.asked)
		}
	}
}

func TestElevationOutcomes(t *testing.T) {
	const status = "0:117: execution error: The command exited with a non-zero status. "
	for _, test := range []struct {
		complaint string
		why       platform.RepairWhy
	}{
		{"0:117: execution error: User canceled. (-128)", platform.RepairRefused},
		{"execution error: ユーザによってキャンセルされました。 (-128)", platform.RepairRefused},
		{status + "(80)", platform.RepairNothing},
		{status + "(81)", platform.RepairNotHere},
		{status + "(82)", platform.RepairGone},
		{status + "(84)", platform.RepairDenied},
		{status + "(85)", platform.RepairTimedOut},
		{status + "(86)", platform.RepairStillRuns},
		{status + "(89)", platform.RepairFailed},
		{status + "(1)", platform.RepairFailed},
		{status + "(127)", platform.RepairFailed},
		{"execution error: (-60005)", platform.RepairDenied},
		{"execution error: (-60007)", platform.RepairNoAdmin},
		{"execution error: No user interaction allowed. (-1713)", platform.RepairNoAdmin},
		{"execution error: Can’t get item 1. (-1728)", platform.RepairFailed},
		{"no number", platform.RepairFailed},
		{"", platform.RepairFailed},
	} {
		l := newLiving(t)
		l.script = failing(test.complaint)
		fails(t, l.make(l.plan(restart), ""), test.why)
	}
	for err, why := range map[error]platform.RepairWhy{
		context.DeadlineExceeded: platform.RepairTimedOut,
		fs.ErrNotExist:           platform.RepairFailed,
	} {
		l := newLiving(t)
		l.script = func() error { return err }
		fails(t, l.make(l.plan(restart), ""), why)
	}
}

func TestElevatedSide(t *testing.T) {
	for complaint, why := range map[string]platform.RepairWhy{
		"No matching processes belonging to you were found":         platform.RepairNothing,
		"No matching processes were found":                          platform.RepairNothing,
		"killall: warning: kill -KILL 123: Operation not permitted": platform.RepairDenied,
		"killall: sysctl: something else":                           platform.RepairFailed,
	} {
		l := newLiving(t)
		l.runs["/usr/bin/killall"] = answer{complaint, 1}
		err := l.computer().Elevated(t.Context(), restart)
		fails(t, err, why)
		// The exit code brings the same reason back to the other side.
		if got := platform.RepairWhyOf(platform.ElevatedError(platform.ElevatedExit(err), restart)); got != why {
			t.Errorf("came back as %s, want %s", got, why)
		}
	}
	for _, text := range []string{"restart-service:SCardSvr", "quit-browser:chrome", "turn-off-device:usb-1", "refresh-pcsc"} {
		r, err := platform.ParseRepair(text)
		if err != nil {
			t.Fatal(err)
		}
		l := newLiving(t)
		fails(t, l.computer().Elevated(t.Context(), r), platform.RepairNotHere)
		_, err = l.computer().MakeChange(t.Context(), platform.Change{Kind: platform.ChangeElevated, Do: r}, "")
		fails(t, err, platform.RepairNotHere)
		if len(slices.Concat(l.told, l.asked, l.signalled)) > 0 {
			t.Errorf("%s: told %q, asked %q", r, l.told, l.asked)
		}
	}
}

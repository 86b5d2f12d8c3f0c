//go:build linux

package app_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"testing"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/pcsc/pcsctest"
)

// The tests in this file run the Windows program under Wine; .ci/wine sees to
// everything they need. Their winscard.dll is Wine's own, which can nothing, one
// that leads to the PC/SC service of this computer, or one that a test scripts
// (see .ci/wine-parts).

// windowsProgram gives the program whose path is in a variable, with settings
// of the environment added.
func windowsProgram(t *testing.T, variable string, settings ...string) func(args ...string) *exec.Cmd {
	t.Helper()
	path := os.Getenv(variable)
	if path == "" {
		t.Skip(variable + " is not set: make windows builds the program, .ci/wine sets it")
	}
	return func(args ...string) *exec.Cmd {
		c := exec.Command("wine", append([]string{path}, args...)...)
		c.Env = append(os.Environ(), settings...)
		return c
	}
}

func bridged(t *testing.T, settings ...string) func(args ...string) *exec.Cmd {
	t.Helper()
	return windowsProgram(t, "YOMITORI_BRIDGED_BINARY", settings...)
}

// checkedSnapshot is what check --json prints, as far as it is of interest here.
type checkedSnapshot struct {
	Cause    *checks.ID
	Findings []checks.Finding
	Snapshot platform.Snapshot
}

func (c checkedSnapshot) has(id checks.ID) bool {
	for _, f := range c.Findings {
		if f.ID == id {
			return true
		}
	}
	return false
}

// checkJSON runs the program to its end; a cause may be found or not.
func checkJSON(t *testing.T, program func(args ...string) *exec.Cmd) checkedSnapshot {
	t.Helper()
	c := program("check", "--json")
	out, err := c.Output()
	if code := c.ProcessState.ExitCode(); code < 0 || code > 2 {
		t.Fatalf("exit code %d, %v:\n%s", code, err, out)
	}
	var got checkedSnapshot
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v:\n%s", err, out)
	}
	return got
}

// Where PC/SC does not work at all, everything else is looked at.
func TestWindowsWithoutPCSC(t *testing.T) {
	got := checkJSON(t, windowsProgram(t, "YOMITORI_WINDOWS_BINARY", "WINEDLLOVERRIDES=winscard=b"))
	for _, area := range platform.Areas {
		if !got.Snapshot.Look(area).Settled() {
			t.Errorf("%s: %+v", area, got.Snapshot.Look(area))
		}
	}
	for _, area := range []platform.Area{platform.AreaReaders, platform.AreaCards} {
		if look := got.Snapshot.Look(area); look.State != platform.Failed || look.Why != platform.WhyError {
			t.Errorf("%s: %+v", area, look)
		}
	}
}

func TestWindowsWithACard(t *testing.T) {
	program := bridged(t)
	if code := consoleWithACard(t, pcsctest.Start(t), program); code > 2 {
		t.Errorf("check: exit code %d", code)
	}
}

func TestWindowsWithoutService(t *testing.T) {
	got := checkJSON(t, bridged(t, "PCSCLITE_CSOCK_NAME=/nonexistent"))
	if look := got.Snapshot.Readers; look.State != platform.Failed || look.Why != platform.WhyNoService {
		t.Errorf("readers: %+v", look)
	}
	if got.Cause == nil {
		t.Errorf("no cause: %+v", got.Findings)
	}
}

// Package pcsc tries all codes; these show that the way to the findings is open.
func TestWindowsWithErrors(t *testing.T) {
	tests := []struct {
		failure string
		want    checks.ID
	}{
		{"ESTABLISH=8010006A", checks.ReaderAccessDenied},
		{"CONNECT=8010000B", checks.CardBusy},
		{"CONNECT=80100066", checks.CardMute},
		{"TRANSMIT=8010002F", checks.CardLostContact},
	}
	for _, tt := range tests {
		t.Run(tt.failure, func(t *testing.T) {
			got := checkJSON(t, windowsProgram(t, "YOMITORI_WINDOWS_BINARY",
				"YOMITORI_SCARD_READER=SONY FeliCa Port/PaSoRi 4.0 0", "YOMITORI_SCARD_FAIL_"+tt.failure))
			if !got.has(tt.want) {
				t.Errorf("no %s: %+v", tt.want, got.Findings)
			}
		})
	}
}

// The window of the Windows program follows a card as that of Linux does.
func TestWindowsWindow(t *testing.T) {
	program := bridged(t)
	service := pcsctest.Start(t)
	s := newScreen(t)
	c := program()
	// A desktop of its own: the other programs run on one without a display.
	c.Args = append([]string{"wine", "explorer", "/desktop=root"}, c.Args[1:]...)
	c.Env = append(c.Env, "DISPLAY="+s.display)
	start(t, c) // the program itself ends with the display
	s.shows("カード読み取り診断", "windows-0-start")
	s.key("Tab", "Return")
	s.shows("2 ", "windows-2-no-card")
	service.Insert(0, cardtest.MyNumber(cardtest.Options{AuthTries: cardtest.Locked}))
	s.shows("7 ", "windows-7-locked")
}

//go:build linux

package app_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"yomitori/platform/card/cardtest"
	"yomitori/platform/pcsc/pcsctest"
)

// The tests in this file use the program as people do: the built binary, a real
// display, the real PC/SC service, a virtual card. YOMITORI_BINARY names the
// program; make test sets it. Screenshots are left in out/.

const patience = 60 * time.Second

func binary(t *testing.T) string {
	t.Helper()
	path := os.Getenv("YOMITORI_BINARY")
	if path == "" {
		t.Skip("YOMITORI_BINARY is not set; make test builds the program and sets it")
	}
	return path
}

// screen is a display that nobody sees.
type screen struct {
	t       *testing.T
	display string
}

// newScreen starts an X server, which picks a free display number itself.
func newScreen(t *testing.T) screen {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	c := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp")
	c.ExtraFiles = []*os.File{w}
	start(t, c)
	w.Close()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("start Xvfb: %v", err)
	}
	return screen{t, ":" + strings.TrimSpace(line)}
}

// start starts a process and ends it, by its id, with the test.
func start(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatalf("start %s: %v", c.Path, err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		done := make(chan struct{})
		go func() { _ = c.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(patience):
			t.Errorf("%s did not end", filepath.Base(c.Path))
			_ = c.Process.Kill()
		}
	})
}

func (s screen) run(name string, args ...string) string {
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "DISPLAY="+s.display)
	out, err := c.Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// until waits until the window's title begins with what is wanted.
func (s screen) until(title string) {
	s.t.Helper()
	var last string
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		last = s.run("xdotool", "search", "--onlyvisible", "--name", ".", "getwindowname")
		if strings.HasPrefix(last, title) {
			return
		}
		time.Sleep(20 * time.Millisecond) // the X server does not tell us
	}
	s.shoot("failed")
	s.t.Fatalf("the window is titled %q, not %q", last, title)
}

// shoot keeps a screenshot, once the window has come to rest: the title
// changes before the page is drawn.
func (s screen) shoot(name string) {
	s.t.Helper()
	if err := os.MkdirAll("../out", 0o755); err != nil {
		s.t.Fatal(err)
	}
	file := "../out/" + name + ".png"
	var before []byte
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		s.run("import", "-window", "root", "-define", "png:exclude-chunks=date,time", file)
		now, err := os.ReadFile(file)
		if err == nil && len(now) > 0 && bytes.Equal(now, before) {
			return
		}
		before = now
	}
	s.t.Errorf("%s: the window never came to rest", name)
}

// shows waits for a page that stays, and keeps a screenshot of it.
func (s screen) shows(title, shot string) {
	s.t.Helper()
	s.until(title)
	s.shoot(shot)
}

func (s screen) key(names ...string) { s.run("xdotool", append([]string{"key"}, names...)...) }

// open starts the program on the screen.
func (s screen) open(args ...string) {
	s.t.Helper()
	home := s.t.TempDir()
	if err := os.Mkdir(filepath.Join(home, ".cache"), 0o755); err != nil {
		s.t.Fatal(err)
	}
	c := exec.Command(binary(s.t), args...)
	c.Env = append(os.Environ(), "DISPLAY="+s.display, "WAYLAND_DISPLAY=", "FYNE_THEME=light", "LANG=ja_JP.UTF-8", "HOME="+home)
	var log bytes.Buffer
	c.Stdout, c.Stderr = &log, &log
	start(s.t, c)
	s.t.Cleanup(func() {
		if s.t.Failed() {
			s.t.Logf("the program said:\n%s", log.String())
		}
	})
}

// Put in, pulled out, unplugged, service gone and back: the window follows
// without a click.
func TestWindowFollowsTheCard(t *testing.T) {
	binary(t)
	service := pcsctest.Start(t)
	s := newScreen(t)
	s.open()
	s.shows("カード読み取り診断", "0-start")
	s.key("Tab", "Return")
	s.shows("2 ", "2-no-card")
	slot := service.Insert(0, cardtest.MyNumber(cardtest.Options{}))
	s.shows("7 ", "7-result")
	for _, page := range []string{"6-nfc", "5-browser", "4-expiry", "3-certificate", "2-card", "1-reader"} {
		s.key("alt+Left")
		s.shows(page[:1]+" ", page) // a page that was gone back to stays
	}
	s.key("Return")
	s.until("2 ")
	slot.Remove()
	s.shows("2 ", "2-pulled")
	service.Stop()
	s.shows("1 ", "1-service-stopped")
	service.Restart()
	s.until("2 ")
	service.RestartWith(pcsctest.Setup{Readers: 0})
	s.shows("1 ", "1-unplugged")
	service.RestartWith(pcsctest.Setup{Readers: 2})
	s.until("2 ")
	service.Insert(0, cardtest.MyNumber(cardtest.Options{NotBefore: longAgo, NotAfter: cardtest.EndOfDay(2025, time.March, 3)}))
	s.shows("7 ", "7-expired")
	service.Pull(0) // the result stays: it said where to take the card
	service.Insert(0, cardtest.MyNumber(cardtest.Options{AuthTries: cardtest.Locked}))
	s.until("2 ")
	s.shows("7 ", "7-locked")
}

var longAgo = time.Date(2020, 3, 4, 0, 0, 0, 0, time.UTC)

func TestWindowInPractice(t *testing.T) {
	binary(t)
	s := newScreen(t)
	s.open("practice", "pin-locked", "--for", "etax")
	s.shows("7 ", "practice-pin-locked")
}

// The same on the console: check waits for the card, watch tells of it.
func TestConsoleWithACard(t *testing.T) {
	program := binary(t)
	service := pcsctest.Start(t)
	if code := consoleWithACard(t, service, func(args ...string) *exec.Cmd { return exec.Command(program, args...) }); code != 0 {
		t.Errorf("check: exit code %d", code)
	}
}

// consoleWithACard watches and checks while a card comes and goes, and returns
// the exit code of the check.
func consoleWithACard(t *testing.T, service *pcsctest.Service, program func(args ...string) *exec.Cmd) int {
	t.Helper()
	watch := program("watch", "--lang", "en")
	out, err := watch.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	start(t, watch)
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			lines <- s.Text()
		}
	}()
	expect := func(part string) {
		t.Helper()
		select {
		case line := <-lines:
			if !strings.Contains(line, part) {
				t.Fatalf("watch printed %q, want %q in it", line, part)
			}
		case <-time.After(patience):
			t.Fatalf("watch never printed %q", part)
		}
	}
	expect("service is running")
	expect("Reader connected: Virtual PCD")
	expect("Reader connected: Virtual PCD #2")

	check := program("check", "--json", "--wait", "60s")
	var report bytes.Buffer
	check.Stdout = &report
	if err := check.Start(); err != nil {
		t.Fatal(err)
	}
	chip := cardtest.MyNumber(cardtest.Options{NotAfter: cardtest.EndOfDay(time.Now().Year()+2, time.May, 9)})
	slot := service.Insert(0, chip)
	_ = check.Wait() // the exit code is what counts
	if !strings.Contains(report.String(), `"kind": "mynumber"`) {
		t.Errorf("check printed:\n%s", report.String())
	}
	expect("Card put in: Virtual PCD")
	expect("My Number Card")
	slot.Remove()
	expect("Card taken out: Virtual PCD")
	return check.ProcessState.ExitCode()
}

func TestNoDisplay(t *testing.T) {
	c := exec.Command(binary(t), "practice", "expired")
	c.Env = append(os.Environ(), "DISPLAY=", "WAYLAND_DISPLAY=")
	out, err := c.Output()
	if code := c.ProcessState.ExitCode(); code != 1 || !strings.Contains(string(out), "2026年1月20日") {
		t.Error(fmt.Errorf("exit %d, %w, printed:\n%s", code, err, out))
	}
}

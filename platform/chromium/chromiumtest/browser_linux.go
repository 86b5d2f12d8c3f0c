package chromiumtest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Browser is Chromium with a user data folder.
type Browser struct {
	UserData string
	Server   *Server
	// User is who runs it, 0 for who runs the test, and Home the user's folder.
	User uint32
	Home string
}

// Require skips the test where there is no Chromium, and in a short run: nothing
// of ours runs side by side in these tests.
func Require(tb testing.TB) {
	tb.Helper()
	if testing.Short() {
		tb.Skip("the real Chromium is left out of a short run")
	}
	if _, err := exec.LookPath("chromium"); err == nil {
		return
	}
	if os.Getenv("YOMITORI_REQUIRE_CHROMIUM") == "1" {
		tb.Fatal("YOMITORI_REQUIRE_CHROMIUM=1, but chromium is not installed")
	}
	tb.Skip("chromium is not installed")
}

// grace is how long Chromium may take for anything; only a test that fails
// waits for it.
const grace = time.Minute

// pause lies between two looks at something that nobody tells of.
const pause = 5 * time.Millisecond

// Visit starts the browser, loads a page, quits, and returns the page as it was.
// The test fails when the browser complains.
func (b Browser) Visit(tb testing.TB, url string) string {
	tb.Helper()
	var out, complaints bytes.Buffer
	c := b.command("--dump-dom", url)
	c.Stdout, c.Stderr = &out, &complaints
	if err := c.Start(); err != nil {
		tb.Fatalf("start chromium: %v", err)
	}
	err := c.Wait()
	b.waitGone(tb, c.Process.Pid)
	if err != nil {
		tb.Fatalf("visit %s: %v\n%s", url, err, complaints.String())
	}
	for _, word := range []string{"corrupt", "malformed", "rofile error", "Failed to open", "Database error"} {
		if strings.Contains(complaints.String(), word) {
			tb.Errorf("chromium complains about %s:\n%s", word, complaints.String())
		}
	}
	return out.String()
}

// Start starts the browser on a page and leaves it running until stop is called,
// or the test ends. It returns when the page has loaded.
func (b Browser) Start(tb testing.TB, url string) (process int, stop func()) {
	tb.Helper()
	loaded := filepath.Join(b.UserData, "DevToolsActivePort")
	os.Remove(loaded)
	c := b.command("--remote-debugging-port=0", url)
	if err := c.Start(); err != nil {
		tb.Fatalf("start chromium: %v", err)
	}
	ended := make(chan struct{})
	go func() { c.Wait(); close(ended) }()
	stop = func() {
		syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
		<-ended
		b.waitGone(tb, c.Process.Pid)
	}
	tb.Cleanup(stop)
	waitFor(tb, "chromium to start", func() bool { _, err := os.Stat(loaded); return err == nil })
	return c.Process.Pid, stop
}

func (b Browser) command(args ...string) *exec.Cmd {
	c := exec.Command("chromium", append([]string{
		"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--ignore-certificate-errors", "--host-resolver-rules=MAP * " + b.Server.address(),
		"--user-data-dir=" + b.UserData,
	}, args...)...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if b.User != 0 {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: b.User, Gid: b.User}
		c.Env = append(os.Environ(), "HOME="+b.Home)
	}
	c.WaitDelay = grace
	return c
}

// waitGone waits for the last of the browser's processes, which may still write.
func (b Browser) waitGone(tb testing.TB, group int) {
	tb.Helper()
	waitFor(tb, "chromium to end", func() bool { return errors.Is(syscall.Kill(-group, 0), syscall.ESRCH) })
}

func waitFor(tb testing.TB, what string, happened func() bool) {
	tb.Helper()
	for end := time.Now().Add(grace); !happened(); time.Sleep(pause) {
		if time.Now().After(end) {
			tb.Fatalf("waited %v for %s", grace, what)
		}
	}
}

// Has fails the test unless a page shows the cookies ("session=1 above=1", "")
// and whether it has a database.
func Has(tb testing.TB, dom, cookies string, database bool) {
	tb.Helper()
	word := map[bool]string{true: "yes", false: "no"}[database]
	for _, want := range []string{fmt.Sprintf("cookies=[%s]", cookies), "database=" + word} {
		if !strings.Contains(dom, want) {
			tb.Errorf("the page does not show %s:\n%s", want, dom)
		}
	}
}

package windows_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe"

	syswindows "golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"yomitori/platform/windows"
)

// desktop names the one on which the test binary shows its window.
const desktop = "YOMITORI_TEST_DESKTOP"

// ownDesktop gives the test, and the programs that it starts, a desktop that
// needs no display.
func ownDesktop(t *testing.T) {
	t.Helper()
	if os.Getenv("YOMITORI_WINE") != "1" {
		return
	}
	setValue(t, makeKey(t, registry.CURRENT_USER, `Software\Wine\Drivers`, 0), "Graphics", "null")
	t.Setenv(desktop, "yomitori")
	runtime.LockOSThread() // for good: the thread ends with the test
	must(t, joinDesktop("yomitori"))
}

// joinDesktop puts this thread on a desktop, which is made where there is none.
func joinDesktop(name string) error {
	user32 := syswindows.NewLazySystemDLL("user32.dll")
	wide, err := syswindows.UTF16PtrFromString(name)
	if err != nil {
		return err
	}
	const all = 0x1FF
	d, _, err := user32.NewProc("CreateDesktopW").Call(uintptr(unsafe.Pointer(wide)), 0, 0, 0, all, 0)
	if d == 0 {
		return fmt.Errorf("make desktop: %w", err)
	}
	if ok, _, err := user32.NewProc("SetThreadDesktop").Call(d); ok == 0 {
		return fmt.Errorf("join desktop: %w", err)
	}
	return nil
}

// role says what the test binary plays when a test starts it.
const role = "YOMITORI_TEST_ROLE"

// TestPlay is not a test: it is the program that others look at. It ends with
// its standard input.
func TestPlay(t *testing.T) {
	switch os.Getenv(role) {
	case "":
		t.Skip("played by the other tests")
	case "parent": // starts a child and ends
		child := exec.Command(os.Args[0], "-test.run=^TestPlay$")
		child.Env = append(os.Environ(), role+"=child")
		child.Stdin, child.Stdout = os.Stdin, os.Stdout
		must(t, child.Start())
		os.Exit(0)
	case "window", "closable":
		runtime.LockOSThread()
		if name := os.Getenv(desktop); name != "" {
			must(t, joinDesktop(name))
		}
		w, err := makeWindow()
		if err != nil {
			fmt.Println("no window:", err)
			os.Exit(0)
		}
		if os.Getenv(role) == "closable" { // ends with its window
			fmt.Println("here:", os.Getpid())
			answerFor(w)
			os.Exit(0)
		}
	}
	fmt.Println("here:", os.Getpid())
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

// makeWindow shows a window and does not answer for it.
func makeWindow() (syswindows.HWND, error) {
	create := syswindows.NewLazySystemDLL("user32.dll").NewProc("CreateWindowExW")
	class, _ := syswindows.UTF16PtrFromString("STATIC")
	title, _ := syswindows.UTF16PtrFromString("読み取り")
	const visible, overlapped = 0x10000000, 0x00cf0000
	w, _, err := create.Call(0, uintptr(unsafe.Pointer(class)), uintptr(unsafe.Pointer(title)), visible|overlapped, 10, 10, 200, 100, 0, 0, 0, 0)
	if w == 0 {
		return 0, err
	}
	return syswindows.HWND(w), nil
}

// answerFor answers for a window until it is closed.
func answerFor(w syswindows.HWND) {
	user32 := syswindows.NewLazySystemDLL("user32.dll")
	next, dispatch := user32.NewProc("GetMessageW"), user32.NewProc("DispatchMessageW")
	message := make([]uintptr, 16) // a MSG, with room
	for syswindows.IsWindow(w) {
		if ok, _, _ := next.Call(uintptr(unsafe.Pointer(&message[0])), 0, 0, 0); int32(ok) <= 0 {
			return
		}
		dispatch.Call(uintptr(unsafe.Pointer(&message[0])))
	}
}

// play starts a program in a role, waits until it is ready and returns its id.
func play(t *testing.T, program, as string) int {
	t.Helper()
	c := exec.Command(program, "-test.run=^TestPlay$")
	c.Env = append(os.Environ(), role+"="+as)
	stdin, err := c.StdinPipe()
	must(t, err)
	// The pipe is ours, so that what the program started may go on writing.
	out, in, err := os.Pipe()
	must(t, err)
	c.Stdout = in
	must(t, c.Start())
	in.Close()
	t.Cleanup(func() {
		stdin.Close()
		_, _ = io.Copy(io.Discard, out)
		out.Close()
		_ = c.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	must(t, err)
	if strings.HasPrefix(line, "no window") {
		t.Skip(strings.TrimSpace(line))
	}
	var id int
	if _, err := fmt.Sscanf(line, "here: %d", &id); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return id
}

// copyOfThis copies the test binary to a path as Japanese users have it.
func copyOfThis(t *testing.T, folders ...string) string {
	t.Helper()
	folder := filepath.Join(append([]string{t.TempDir()}, folders...)...)
	must(t, os.MkdirAll(folder, 0o700))
	this, err := os.Executable()
	must(t, err)
	all, err := os.ReadFile(this)
	must(t, err)
	path := filepath.Join(folder, "公的 個人認証.exe")
	must(t, os.WriteFile(path, all, 0o700))
	return path
}

func processOf(t *testing.T, id int) windows.Process {
	t.Helper()
	list, err := windows.NativeProcesses()
	must(t, err)
	for _, p := range list {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("process %d is not among %d", id, len(list))
	return windows.Process{}
}

func TestNativeProcesses(t *testing.T) {
	path := copyOfThis(t, "Program Files", "山田 太郎")
	before := time.Now().Add(-time.Minute)
	id := play(t, path, "child")

	got := processOf(t, id)
	if !strings.EqualFold(got.Path, path) || got.Name != filepath.Base(path) {
		t.Errorf("got %q, %q, want %q", got.Path, got.Name, path)
	}
	if got.Parent != os.Getpid() {
		t.Errorf("parent %d, want %d", got.Parent, os.Getpid())
	}
	if got.Started.Before(before) || got.Started.After(time.Now().Add(time.Minute)) {
		t.Errorf("started %v", got.Started)
	}
	if got.Windows != 0 || got.Hung {
		t.Errorf("windows: %+v", got)
	}
	if me := processOf(t, os.Getpid()); me.Path == "" || me.Started.After(got.Started) {
		t.Errorf("this process: %+v", me)
	}
}

func TestNativeProcessesForgetAParentThatEnded(t *testing.T) {
	this, err := os.Executable()
	must(t, err)
	if got := processOf(t, play(t, this, "parent")); got.Parent != 0 {
		t.Errorf("parent %d, want none", got.Parent)
	}
}

func TestNativeProcessesCountWindows(t *testing.T) {
	ownDesktop(t)
	this, err := os.Executable()
	must(t, err)
	got := processOf(t, play(t, this, "window"))
	if got.Windows != 1 {
		t.Errorf("windows: %+v", got)
	}
	t.Logf("hung: %v", got.Hung) // Windows says so only after five seconds
}

func TestFileOfThisProgram(t *testing.T) {
	c := windows.New(windows.Options{})
	long := copyOfThis(t, strings.Repeat("長い名前のフォルダー ", 10), strings.Repeat("あ", 100), strings.Repeat("b", 100))
	if len(long) < 260 {
		t.Fatalf("the path has only %d letters", len(long))
	}
	got, err := c.File(long)
	if err != nil || got.Arch != runtime.GOARCH || got.Version != "" {
		t.Errorf("this program: %+v, %v", got, err)
	}
	system, err := syswindows.GetSystemDirectory()
	must(t, err)
	got, err = c.File(filepath.Join(system, "kernel32.dll"))
	if err != nil || got.Arch != runtime.GOARCH || strings.Count(got.Version, ".") != 3 {
		t.Errorf("kernel32.dll: %+v, %v", got, err)
	}
	t.Logf("kernel32.dll: %+v", got)
}

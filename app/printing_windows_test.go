package app_test

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// The tests in this file start the real program, which is one with windows, the
// way a shell, a script and a double click do. YOMITORI_WINDOWS_BINARY names it.

// What makes the test binary play another part than that of the tests.
const (
	asExplorer = "YOMITORI_TEST_AS_EXPLORER" // starts the program named here
	inConsole  = "YOMITORI_TEST_IN_CONSOLE"  // runs one test, in a console
)

func TestMain(m *testing.M) {
	if program := os.Getenv(asExplorer); program != "" {
		os.Exit(start(program+" check --bogus", bare))
	}
	os.Exit(m.Run())
}

func program(t *testing.T) string {
	t.Helper()
	if os.Getenv("YOMITORI_WINE") != "1" {
		t.Skip("takes this computer's console away; .ci/wine brings one of its own")
	}
	path := os.Getenv("YOMITORI_WINDOWS_BINARY")
	if path == "" {
		t.Skip("YOMITORI_WINDOWS_BINARY is not set: make windows builds the program, .ci/wine sets it")
	}
	return path
}

// bare is how Windows starts a program with windows: without a console, and
// without handles to write to. Wine has to be told; it shares the console.
const bare = windows.DETACHED_PROCESS

// start runs a command line and returns its exit code.
func start(commandLine string, flags uint32) int {
	var info windows.StartupInfoEx
	info.Cb = uint32(unsafe.Sizeof(info.StartupInfo))
	return startWith(commandLine, &info, flags)
}

func startWith(commandLine string, info *windows.StartupInfoEx, flags uint32) int {
	line, err := windows.UTF16PtrFromString(commandLine)
	if err != nil {
		panic(err)
	}
	inherit := info.Flags&windows.STARTF_USESTDHANDLES != 0
	var p windows.ProcessInformation
	if err := windows.CreateProcess(nil, line, nil, nil, inherit, flags, nil, nil, &info.StartupInfo, &p); err != nil {
		panic(err)
	}
	defer windows.CloseHandle(p.Thread)
	defer windows.CloseHandle(p.Process)
	if _, err := windows.WaitForSingleObject(p.Process, windows.INFINITE); err != nil {
		panic(err)
	}
	var code uint32
	if err := windows.GetExitCodeProcess(p.Process, &code); err != nil {
		panic(err)
	}
	return int(code)
}

// terminal is the screen of a console.
type terminal struct {
	t    *testing.T
	file *os.File
}

const (
	prompt        = `C:\>`
	columns, rows = 200, 300
)

// openTerminal gives a test a console of its own, with a prompt in the first
// line. For that the test is run once more, in another process: then ok is true.
func openTerminal(t *testing.T) (s terminal, ok bool) {
	t.Helper()
	if os.Getenv(inConsole) == "" {
		repeatInConsole(t)
		return terminal{}, false
	}
	file, err := os.OpenFile("CONOUT$", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	// A shell writes to its console; this process, to the test that started it.
	for _, which := range []uint32{windows.STD_OUTPUT_HANDLE, windows.STD_ERROR_HANDLE} {
		if err := windows.SetStdHandle(which, windows.Handle(file.Fd())); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := file.WriteString(prompt); err != nil {
		t.Fatal(err)
	}
	return terminal{t, file}, true
}

// repeatInConsole runs a test in a new process with a console that nobody sees.
func repeatInConsole(t *testing.T) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	said, err := os.Create(filepath.Join(t.TempDir(), "said.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	console, attributes := newConsole(t)
	info := windows.StartupInfoEx{ProcThreadAttributeList: attributes.List()}
	info.Cb = uint32(unsafe.Sizeof(info))
	info.Flags = windows.STARTF_USESTDHANDLES
	info.StdOutput, info.StdErr = windows.Handle(said.Fd()), windows.Handle(said.Fd())
	if err := windows.SetHandleInformation(info.StdOutput, windows.HANDLE_FLAG_INHERIT, windows.HANDLE_FLAG_INHERIT); err != nil {
		t.Fatal(err)
	}
	t.Setenv(inConsole, "1")
	code := startWith(self+` -test.v -test.run ^`+t.Name()+`$`, &info, windows.EXTENDED_STARTUPINFO_PRESENT)
	windows.ClosePseudoConsole(console)
	if text, err := os.ReadFile(said.Name()); err != nil || code != 0 {
		t.Errorf("exit code %d, %v:\n%s", code, err, text)
	}
}

// newConsole makes a console, and the attributes that put a process into it.
func newConsole(t *testing.T) (windows.Handle, *windows.ProcThreadAttributeListContainer) {
	t.Helper()
	keys, _, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	drawing, screen, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, drawing)
	var console windows.Handle
	size := windows.Coord{X: columns, Y: rows}
	if err := windows.CreatePseudoConsole(size, windows.Handle(keys.Fd()), windows.Handle(screen.Fd()), 0, &console); err != nil {
		t.Fatalf("create console: %v", err)
	}
	attributes, err := windows.NewProcThreadAttributeList(1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(attributes.Delete)
	// The attribute is the handle itself, where others are pointers.
	value := *(*unsafe.Pointer)(unsafe.Pointer(&console))
	if err := attributes.Update(windows.PROC_THREAD_ATTRIBUTE_PSEUDOCONSOLE, value, unsafe.Sizeof(console)); err != nil {
		t.Fatal(err)
	}
	return console, attributes
}

var readConsoleOutputCharacter = windows.NewLazySystemDLL("kernel32.dll").NewProc("ReadConsoleOutputCharacterW")

// lines reads the screen back, down to the cursor, without trailing blanks.
func (s terminal) lines() []string {
	s.t.Helper()
	var info windows.ConsoleScreenBufferInfo
	if err := windows.GetConsoleScreenBufferInfo(windows.Handle(s.file.Fd()), &info); err != nil {
		s.t.Fatal(err)
	}
	var lines []string
	row := make([]uint16, info.Size.X)
	for y := range uint32(info.CursorPosition.Y) + 1 {
		var n uint32
		ok, _, err := readConsoleOutputCharacter.Call(s.file.Fd(), uintptr(unsafe.Pointer(&row[0])), uintptr(len(row)),
			uintptr(y<<16), uintptr(unsafe.Pointer(&n)))
		if ok == 0 {
			s.t.Fatalf("read the screen: %v", err)
		}
		lines = append(lines, strings.TrimRight(windows.UTF16ToString(row[:n]), " "))
	}
	return lines
}

func (s terminal) text() string { return strings.Join(s.lines(), "\n") }

// What the practice computer "expired" is about.
const said = "2026年1月20日"

func TestPrintsToTheConsoleOfAProgram(t *testing.T) {
	testPrints(t, program(t)+" practice expired --text", bare)
}

func TestPrintsToTheConsoleOfCmd(t *testing.T) {
	testPrints(t, "cmd /c start /wait "+program(t)+" practice expired --text", 0)
}

func testPrints(t *testing.T, commandLine string, flags uint32) {
	t.Helper()
	s, ok := openTerminal(t)
	if !ok {
		return
	}
	if code := start(commandLine, flags); code != 1 {
		t.Errorf("exit code %d", code)
	}
	if first := s.lines()[0]; first != prompt {
		t.Errorf("the line of the prompt is %q", first)
	}
	if !strings.Contains(s.text(), said) {
		t.Errorf("printed:\n%s", s.text())
	}
}

// What goes into a file is UTF-8 and does not show; what does not, shows.
func TestRedirected(t *testing.T) {
	exe := program(t)
	s, ok := openTerminal(t)
	if !ok {
		return
	}
	file := filepath.Join(t.TempDir(), "out.txt")
	if code := start("cmd /c "+exe+" practice expired --text > "+file, 0); code != 1 {
		t.Errorf("exit code %d", code)
	}
	if raw, err := os.ReadFile(file); err != nil || !strings.Contains(string(raw), said) {
		t.Errorf("the file holds %q, %v", raw, err)
	}
	if s.text() != prompt {
		t.Errorf("the screen shows %q", s.text())
	}
	if code := start("cmd /c "+exe+" check --bogus > "+file, 0); code != 64 {
		t.Errorf("exit code %d", code)
	}
	if raw, err := os.ReadFile(file); err != nil || len(raw) != 0 {
		t.Errorf("the file holds %q, %v", raw, err)
	}
	if !strings.Contains(s.text(), "--bogus") {
		t.Errorf("the screen shows %q", s.text())
	}
}

func TestPiped(t *testing.T) {
	out, err := exec.Command(program(t), "practice", "expired", "--text").Output()
	var failed *exec.ExitError
	if !errors.As(err, &failed) || failed.ExitCode() != 1 || !strings.Contains(string(out), said) {
		t.Errorf("%v, printed:\n%s", err, out)
	}
}

// A double click is a start by explorer.exe, which has no console. The library
// for command lines would take that for a mistake and end the program.
func TestStartedByExplorer(t *testing.T) {
	exe := program(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	explorer := filepath.Join(t.TempDir(), "explorer.exe")
	copyFile(t, self, explorer)
	c := exec.Command(explorer)
	c.Env = append(os.Environ(), asExplorer+"="+exe)
	c.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.DETACHED_PROCESS}
	var failed *exec.ExitError
	if err := c.Run(); !errors.As(err, &failed) || failed.ExitCode() != 64 {
		t.Errorf("ended with %v", err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
}

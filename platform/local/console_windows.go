package local

import (
	"io"
	"os"
	"sync"

	"golang.org/x/sys/windows"
)

var (
	kernel32      = windows.NewLazySystemDLL("kernel32.dll")
	attachConsole = kernel32.NewProc("AttachConsole")
	freeConsole   = kernel32.NewProc("FreeConsole")
)

// OpenConsole finds out where to print. Windows gives no console to a program
// with windows, so one that was started from cmd or PowerShell joins theirs.
// What was redirected stays so, and where there is nowhere to print to, as
// after a double click, printing does nothing.
func OpenConsole() Console {
	c := Console{Stdout: os.Stdout, Stderr: os.Stderr}
	out, err := usable(windows.STD_OUTPUT_HANDLE), usable(windows.STD_ERROR_HANDLE)
	if out && err {
		return c
	}
	joined := io.Discard
	if s, leave := join(); s != nil {
		joined, c.leave = s, leave
	}
	if !out {
		c.Stdout = joined
	}
	if !err {
		c.Stderr = joined
	}
	return c
}

// usable reports whether a standard handle leads anywhere.
func usable(which uint32) bool {
	h, err := windows.GetStdHandle(which)
	if err != nil {
		return false
	}
	kind, err := windows.GetFileType(h)
	if err != nil || kind != windows.FILE_TYPE_CHAR {
		return err == nil && kind != windows.FILE_TYPE_UNKNOWN
	}
	var mode, n uint32
	if windows.GetConsoleMode(h, &mode) == nil {
		return true
	}
	// NUL takes a write of nothing; the console of a shell that left its handle
	// behind does not.
	return windows.WriteFile(h, nil, &n, nil) == nil
}

// join joins the console of the parent process; nil when it has none.
func join() (*screen, func()) {
	const parent = 0xFFFFFFFF // ATTACH_PARENT_PROCESS
	attached, _, _ := attachConsole.Call(parent)
	f, err := os.OpenFile("CONOUT$", os.O_RDWR, 0)
	if err != nil {
		return nil, nil
	}
	return &screen{file: f}, func() {
		_ = f.Close()
		if attached != 0 {
			_, _, _ = freeConsole.Call()
		}
	}
}

// screen is a console that a shell writes to as well. Text goes to it as
// UTF-16 (see os.File), so its code page does not matter.
type screen struct {
	file  *os.File
	first sync.Once
}

func (s *screen) Write(p []byte) (int, error) {
	s.first.Do(s.startLine)
	return s.file.Write(p)
}

// startLine leaves the line of the prompt. A shell does not wait for a program
// with windows, so its next prompt is there before our first word.
func (s *screen) startLine() {
	var info windows.ConsoleScreenBufferInfo
	if windows.GetConsoleScreenBufferInfo(windows.Handle(s.file.Fd()), &info) == nil && info.CursorPosition.X > 0 {
		_, _ = s.file.WriteString("\r\n") // a failure shows again with the text
	}
}

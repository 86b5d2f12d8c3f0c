package windows

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

var shellExecuteEx = windows.NewLazySystemDLL("shell32.dll").NewProc("ShellExecuteExW")

const (
	maskKeepProcess = 0x40  // SEE_MASK_NOCLOSEPROCESS
	maskNoAsync     = 0x100 // SEE_MASK_NOASYNC
	maskNoUI        = 0x400 // SEE_MASK_FLAG_NO_UI: no message of the shell itself
	singleThreaded  = windows.COINIT_APARTMENTTHREADED | windows.COINIT_DISABLE_OLE1DDE
)

// shellExecuteInfo is SHELLEXECUTEINFOW.
type shellExecuteInfo struct {
	size, mask                        uint32
	owner                             windows.HWND
	verb, file, parameters, directory *uint16
	show                              int32
	instance                          windows.Handle
	idList                            uintptr
	class                             *uint16
	classKey                          windows.Handle
	hotKey                            uint32
	monitor                           windows.Handle
	process                           windows.Handle
}

// run asks the shell on a thread of its own, as the shell wants it: what it calls
// may need COM.
func (i *shellExecuteInfo) run() error {
	i.size = uint32(unsafe.Sizeof(*i))
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if windows.CoInitializeEx(0, singleThreaded) == nil {
			defer windows.CoUninitialize()
		}
		done <- succeed(shellExecuteEx, uintptr(unsafe.Pointer(i)))
	}()
	return <-done
}

func wideWords(words ...string) ([]*uint16, error) {
	wide := make([]*uint16, len(words))
	for i, word := range words {
		var err error
		if wide[i], err = windows.UTF16PtrFromString(word); err != nil {
			return nil, err
		}
	}
	return wide, nil
}

// nativeOpenInShell opens an address or a file. What the shell finds nothing for
// is not supported here.
func nativeOpenInShell(target string) error {
	words, err := wideWords("open", target)
	if err != nil {
		return err
	}
	i := shellExecuteInfo{mask: maskNoAsync | maskNoUI, verb: words[0], file: words[1], show: windows.SW_SHOWNORMAL}
	err = i.run()
	for _, none := range []error{windows.ERROR_FILE_NOT_FOUND, windows.ERROR_PATH_NOT_FOUND, windows.ERROR_NO_ASSOCIATION} {
		if errors.Is(err, none) {
			return fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
		}
	}
	return err
}

// nativeStartProgram starts a program without a shell.
func nativeStartProgram(path string, arguments ...string) error {
	c := exec.Command(path, arguments...)
	if err := c.Start(); err != nil {
		return fmt.Errorf("start program: %w", err)
	}
	return c.Process.Release()
}

func nativeIsElevated() bool { return windows.GetCurrentProcessToken().IsElevated() }

// nativeRunElevated starts this very program.
func nativeRunElevated(ctx context.Context, arguments string) (int, error) {
	program, err := os.Executable()
	if err != nil {
		return 0, fmt.Errorf("find this program: %w", err)
	}
	return runAndWait(ctx, "runas", program, arguments)
}

// runAndWait has the shell start a program and returns its exit code. Neither the
// question that Windows asks the user nor an elevated program can be ended from
// here: when ctx ends they are left behind.
func runAndWait(ctx context.Context, verb, program, arguments string) (int, error) {
	words, err := wideWords(verb, program, arguments)
	if err != nil {
		return 0, err
	}
	type answer struct {
		code int
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		i := shellExecuteInfo{
			mask: maskKeepProcess | maskNoAsync | maskNoUI, owner: ownWindow(),
			verb: words[0], file: words[1], parameters: words[2], show: windows.SW_HIDE,
		}
		err := i.run()
		if errors.Is(err, windows.ERROR_CANCELLED) {
			err = errCancelled
		}
		if err != nil {
			answers <- answer{err: err}
			return
		}
		code, err := exitCode(i.process)
		answers <- answer{code, err}
	}()
	select {
	case a := <-answers:
		return a.code, a.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// exitCode waits for a process and lets go of it.
func exitCode(process windows.Handle) (int, error) {
	if process == 0 {
		return 0, errors.New("wait for program: the shell gave none")
	}
	defer windows.CloseHandle(process)
	if _, err := windows.WaitForSingleObject(process, windows.INFINITE); err != nil {
		return 0, fmt.Errorf("wait for program: %w", err)
	}
	var code uint32
	if err := windows.GetExitCodeProcess(process, &code); err != nil {
		return 0, fmt.Errorf("ask for exit code: %w", err)
	}
	return int(code), nil
}

// ownWindow is the window of this program that is in front, if one is: then the
// question comes to the front as well.
func ownWindow() windows.HWND {
	w := windows.GetForegroundWindow()
	var id uint32
	if _, err := windows.GetWindowThreadProcessId(w, &id); err != nil || id != windows.GetCurrentProcessId() {
		return 0
	}
	return w
}

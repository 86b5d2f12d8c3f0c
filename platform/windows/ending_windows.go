package windows

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"sync"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

const (
	messageClose = 0x10            // WM_CLOSE
	windowOwner  = 4               // GW_OWNER
	dieLimit     = 5 * time.Second // for a process that was ended
	exitEnded    = 1               // what the task manager gives to what it ends
)

var (
	user32      = windows.NewLazySystemDLL("user32.dll")
	postMessage = user32.NewProc("PostMessageW")
	getWindow   = user32.NewProc("GetWindow")
)

// closing asks windows to close, and keeps what went wrong.
type closing struct {
	of  map[uint32]bool
	err error
}

// ask leaves alone what another window owns: to close a question of a browser is
// an answer to it.
func (c *closing) ask(w windows.HWND) {
	var id uint32
	if _, err := windows.GetWindowThreadProcessId(w, &id); err != nil || !c.of[id] || !windows.IsWindowVisible(w) {
		return
	}
	if owner, _, _ := getWindow.Call(uintptr(w), windowOwner); owner != 0 {
		return
	}
	if ok, _, err := postMessage.Call(uintptr(w), messageClose, 0, 0); ok == 0 {
		c.err = errors.Join(c.err, fmt.Errorf("ask window to close: %w", err))
	}
}

var askWindow = sync.OnceValue(func() uintptr {
	return windows.NewCallback(func(w windows.HWND, c *closing) uintptr {
		c.ask(w)
		return 1 // go on
	})
})

// nativeCloseWindows asks the windows on this user's desktop.
func nativeCloseWindows(ids []int) error {
	c := &closing{of: map[uint32]bool{}}
	for _, id := range ids {
		c.of[uint32(id)] = true
	}
	var pin runtime.Pinner // the address goes through Windows
	pin.Pin(c)
	defer pin.Unpin()
	if err := windows.EnumWindows(askWindow(), unsafe.Pointer(c)); err != nil {
		return fmt.Errorf("walk windows: %w", err)
	}
	return c.err
}

// nativeEndProcess holds the process open from looking at it until it has ended,
// so that nothing else can be given its id.
func nativeEndProcess(p Process) error {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return fmt.Errorf("ask for this user: %w", err)
	}
	const rights = windows.PROCESS_TERMINATE | windows.PROCESS_QUERY_LIMITED_INFORMATION | windows.SYNCHRONIZE
	h, err := windows.OpenProcess(rights, false, uint32(p.ID))
	if errors.Is(err, windows.ERROR_INVALID_PARAMETER) {
		return fmt.Errorf("open process %d: %w", p.ID, fs.ErrNotExist)
	}
	if err != nil {
		return fmt.Errorf("open process %d: %w", p.ID, err)
	}
	defer windows.CloseHandle(h)
	if event, err := windows.WaitForSingleObject(h, 0); err == nil && event == windows.WAIT_OBJECT_0 {
		return fmt.Errorf("end process %d: it has ended: %w", p.ID, fs.ErrNotExist)
	}
	now := Process{ID: p.ID}
	mine := identifyOpen(h, &now, user.User.Sid, make([]uint16, longestPath))
	switch {
	case !now.Started.Equal(p.Started) || p.Started.IsZero():
		return fmt.Errorf("end process %d: another one has its id: %w", p.ID, fs.ErrNotExist)
	case !mine || !samePath(now.Path, p.Path): // no path is that of no program
		return fmt.Errorf("end process %d: not the program that was meant: %w", p.ID, fs.ErrPermission)
	}
	if err := windows.TerminateProcess(h, exitEnded); err != nil {
		return fmt.Errorf("end process %d: %w", p.ID, err)
	}
	event, err := windows.WaitForSingleObject(h, uint32(dieLimit.Milliseconds()))
	if err == nil && event != windows.WAIT_OBJECT_0 {
		err = context.DeadlineExceeded
	}
	if err != nil {
		return fmt.Errorf("wait for process %d: %w", p.ID, err)
	}
	return nil
}

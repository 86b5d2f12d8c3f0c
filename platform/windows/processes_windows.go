package windows

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

const longestPath = 1 << 15 // UTF-16 units: Windows allows no longer one

// nativeProcesses lists the processes of this user. Those of others, and those
// that may not be looked at, are left out.
func nativeProcesses() ([]Process, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, fmt.Errorf("ask for this user: %w", err)
	}
	all, err := allProcesses()
	if err != nil {
		return nil, err
	}
	mine := map[int]bool{}
	path := make([]uint16, longestPath)
	for i := range all {
		mine[all[i].ID] = identify(&all[i], user.User.Sid, path)
	}
	settleParents(all)
	list := slices.DeleteFunc(all, func(p Process) bool { return !mine[p.ID] })
	if err := addWindows(list); err != nil {
		return list, err
	}
	return list, nil
}

// allProcesses lists the ids and names of everybody's processes.
func allProcesses() ([]Process, error) {
	snapshot, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return nil, fmt.Errorf("make snapshot: %w", err)
	}
	defer windows.CloseHandle(snapshot)
	var list []Process
	e := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err = windows.Process32First(snapshot, &e); err == nil; err = windows.Process32Next(snapshot, &e) {
		list = append(list, Process{ID: int(e.ProcessID), Parent: int(e.ParentProcessID), Name: windows.UTF16ToString(e.ExeFile[:])})
	}
	if !errors.Is(err, windows.ERROR_NO_MORE_FILES) {
		return nil, fmt.Errorf("walk snapshot: %w", err)
	}
	return list, nil
}

// identify adds what an open process tells, and reports whether it is known to
// be the user's. The buffer is for its path.
func identify(p *Process, user *windows.SID, path []uint16) bool {
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(p.ID))
	if err != nil {
		return false
	}
	defer windows.CloseHandle(h)
	return identifyOpen(h, p, user, path)
}

// identifyOpen is identify for a process that is open.
func identifyOpen(h windows.Handle, p *Process, user *windows.SID, path []uint16) bool {
	var created, exited, kernel, cpu windows.Filetime
	if err := windows.GetProcessTimes(h, &created, &exited, &kernel, &cpu); err == nil {
		p.Started = time.Unix(0, created.Nanoseconds())
	}
	var token windows.Token
	if err := windows.OpenProcessToken(h, windows.TOKEN_QUERY, &token); err != nil {
		return false
	}
	defer token.Close()
	owner, err := token.GetTokenUser()
	if err != nil || !owner.User.Sid.Equals(user) {
		return false
	}
	n := uint32(len(path))
	if err := windows.QueryFullProcessImageName(h, 0, &path[0], &n); err == nil {
		p.Path = windows.UTF16ToString(path[:n])
	}
	return true
}

// windowTally counts windows by the id of their process.
type windowTally struct {
	seen    map[windows.HWND]bool
	visible map[uint32]int
	hung    map[uint32]bool
}

// add counts a window, if it is visible. For one that does not answer Windows
// may show a ghost, owned by another process, and hide the window itself
// (Microsoft, "Windows Error Reporting (For Hangs)").
func (t *windowTally) add(w windows.HWND) {
	if !windows.IsWindowVisible(w) {
		return
	}
	hung, _, _ := isHungAppWindow.Call(uintptr(w))
	if hung != 0 && hungWindowOfGhost.Find() == nil {
		if owner, _, _ := hungWindowOfGhost.Call(uintptr(w)); owner != 0 {
			w = windows.HWND(owner)
		}
	}
	var id uint32
	if _, err := windows.GetWindowThreadProcessId(w, &id); err != nil || t.seen[w] {
		return
	}
	t.seen[w] = true
	t.visible[id]++
	if hung != 0 {
		t.hung[id] = true
	}
}

// addWindows counts the windows of each process on this user's desktop.
func addWindows(list []Process) error {
	tally := &windowTally{map[windows.HWND]bool{}, map[uint32]int{}, map[uint32]bool{}}
	var pin runtime.Pinner // the address goes through Windows
	pin.Pin(tally)
	defer pin.Unpin()
	if err := windows.EnumWindows(tallyWindow(), unsafe.Pointer(tally)); err != nil {
		return fmt.Errorf("walk windows: %w", err)
	}
	for i := range list {
		p := &list[i]
		p.Windows, p.Hung = tally.visible[uint32(p.ID)], tally.hung[uint32(p.ID)]
	}
	return nil
}

var (
	isHungAppWindow = windows.NewLazySystemDLL("user32.dll").NewProc("IsHungAppWindow")
	// hungWindowOfGhost is not documented and may be missing.
	hungWindowOfGhost = windows.NewLazySystemDLL("user32.dll").NewProc("HungWindowFromGhostWindow")
)

// tallyWindow is what EnumWindows calls. Windows can be given only so many
// functions, so there is one for all.
var tallyWindow = sync.OnceValue(func() uintptr {
	return windows.NewCallback(func(w windows.HWND, t *windowTally) uintptr {
		t.add(w)
		return 1 // go on
	})
})

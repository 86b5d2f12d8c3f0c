package windows

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"yomitori/platform"
)

// Actions are what only the Windows API can do. As in [Native], a field that is
// nil answers "not supported". Errors wrap fs.ErrNotExist for what is not there
// any more, fs.ErrPermission for what Windows refuses, and
// context.DeadlineExceeded for what did not come to an end.
type Actions struct {
	// CloseWindows asks the visible windows of processes to close.
	CloseWindows func(ids []int) error
	// EndProcess ends a process of this user, if the one that has the id was
	// started at the same moment from the same path.
	EndProcess func(Process) error
	// ClearSSLState removes what Windows remembers of TLS for this user.
	ClearSSLState func() error

	// StartService and StopService begin to; neither waits, and neither fails
	// where there is nothing to do.
	StartService func(name string) error
	StopService  func(name string) error
	// SetServiceStart changes when a service is started and nothing else.
	SetServiceStart func(name string, start platform.ServiceStart) error
	// Dependents lists the running services that need a service, in the order
	// in which they have to be stopped.
	Dependents func(name string) ([]string, error)

	// ChangeDevice changes a device, given by its instance id. Restart is true
	// where it takes effect with the next start of Windows.
	ChangeDevice func(instance string, to DeviceState) (restart bool, err error)

	// PackCertificate gives a certificate of the user's own store with all its
	// properties, by its SHA-256.
	PackCertificate func(sha256 [32]byte) ([]byte, error)
	// DeleteCertificate deletes exactly that certificate, and no key.
	DeleteCertificate func(sha256 [32]byte) error
	// AddCertificate brings back what PackCertificate gave.
	AddCertificate func(packed []byte) error

	// OpenInShell opens what the shell knows how to open.
	OpenInShell func(target string) error
	// StartProgram starts a program by its full path and leaves it to itself.
	StartProgram func(path string, arguments ...string) error

	// IsElevated reports whether this program acts as an administrator.
	IsElevated func() bool
	// RunElevated starts this program as an administrator and waits for its exit
	// code. It returns errCancelled when the user does not want that.
	RunElevated func(ctx context.Context, arguments string) (code int, err error)
}

// DeviceState is what a device is brought to.
type DeviceState int

// What a device can be brought to (setupapi.h, DICS_…).
const (
	DeviceOn        DeviceState = 1
	DeviceOff       DeviceState = 2
	DeviceRestarted DeviceState = 3
)

// errCancelled is the answer of a user who does not let a program act as an
// administrator.
var errCancelled = errors.New("cancelled by the user")

// unsupported is the error of an action that there is not.
func unsupported(what string) error { return fmt.Errorf("%s: %w", what, errors.ErrUnsupported) }

// explained gives an error of an action the reason that code decides on.
func explained(on string, err error) error {
	var known *platform.RepairError
	if err == nil || errors.As(err, &known) {
		return err
	}
	why := platform.RepairWhyOf(err)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		why = platform.RepairNotHere
	case errors.Is(err, fs.ErrPermission):
		why = platform.RepairDenied
	case errors.Is(err, fs.ErrNotExist):
		why = platform.RepairGone
	case errors.Is(err, errCancelled):
		why = platform.RepairRefused
	}
	return platform.CannotRepair(why, on, err)
}

// begun keeps an error that came after something was changed from claiming that
// nothing was.
func begun(on string, err error) error {
	if err == nil {
		return nil
	}
	switch platform.RepairWhyOf(explained(on, err)) {
	case platform.RepairNothing, platform.RepairNotHere, platform.RepairRefused, platform.RepairNoAdmin, platform.RepairOnlyReader, platform.RepairInUse:
		return platform.CannotRepair(platform.RepairFailed, on, err)
	}
	return err
}

func nothingToDo(on string) error { return platform.CannotRepair(platform.RepairNothing, on, nil) }

func notHere(on string) error { return platform.CannotRepair(platform.RepairNotHere, on, nil) }

// nothingIsDone makes no error of a change that need not be made any more.
func nothingIsDone(err error) error {
	var r *platform.RepairError
	if errors.As(err, &r) && r.Why == platform.RepairNothing {
		return nil
	}
	return err
}

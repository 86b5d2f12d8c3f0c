package windows

import (
	"context"
	"errors"
	"time"

	"yomitori/platform"
)

// PLACEHOLDERS so that the package builds while parts are written in parallel.
// Each writer deletes what he has written; this file is gone in the end.

type (
	KnownFolder       string
	DeviceRecord      struct{}
	StoredCertificate struct{}
)

// Process is a running process.
type Process struct {
	ID, Parent int
	// Path is the full path of the program; Name its file name, which is
	// known even where the path is not.
	Path, Name string
	Started    time.Time
	Windows    int  // visible top-level windows
	Hung       bool // one of them does not answer
}

// File is what the header of a program file tells.
type File struct {
	Version string // "3.9.0.1", from the version resource
	Arch    string // GOARCH names
}

// file reads the header of a program or library, at its full path.
func (c *Computer) file(path string) (File, error) { return File{}, errors.ErrUnsupported }

// processes lists this user's processes.
func (c *Computer) processes() ([]Process, error) {
	if c.o.Native.Processes == nil {
		return nil, errors.ErrUnsupported
	}
	return c.o.Native.Processes()
}

type change = func(*platform.Snapshot)

func (c *Computer) devices(context.Context) (change, error)  { return nil, errors.ErrUnsupported }
func (c *Computer) browsers(context.Context) (change, error) { return nil, errors.ErrUnsupported }
func (c *Computer) hosts(context.Context) (change, error)    { return nil, errors.ErrUnsupported }
func (c *Computer) clients(context.Context) (change, error)  { return nil, errors.ErrUnsupported }
func (c *Computer) store(context.Context) (change, error)    { return nil, errors.ErrUnsupported }

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
	Version           struct{}
	KnownFolder       string
	ProxyRecord       struct{}
	ProductRecord     struct{}
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

func native() *Native { return &Native{} }

// file reads the header of a program or library, at its full path.
func (c *Computer) file(path string) (File, error) { return File{}, errors.ErrUnsupported }

// processes lists this user's processes.
func (c *Computer) processes() ([]Process, error) { return nil, errors.ErrUnsupported }

type change = func(*platform.Snapshot)

func (c *Computer) system(context.Context) (change, error)   { return nil, errors.ErrUnsupported }
func (c *Computer) services(context.Context) (change, error) { return nil, errors.ErrUnsupported }
func (c *Computer) browsers(context.Context) (change, error) { return nil, errors.ErrUnsupported }
func (c *Computer) hosts(context.Context) (change, error)    { return nil, errors.ErrUnsupported }
func (c *Computer) clients(context.Context) (change, error)  { return nil, errors.ErrUnsupported }
func (c *Computer) network(context.Context) (change, error)  { return nil, errors.ErrUnsupported }
func (c *Computer) security(context.Context) (change, error) { return nil, errors.ErrUnsupported }

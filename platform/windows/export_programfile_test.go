package windows

import "io"

// For program files and processes.
var (
	ErrNotProgram = errNotProgram
	ErrElsewhere  = errElsewhere
	SplitFile     = splitFile
	SamePath      = samePath
	SettleParents = settleParents
)

func ReadProgram(r io.ReaderAt, size int64) (File, error) { return readProgram(r, size) }

func (c *Computer) File(path string) (File, error) { return c.file(path) }

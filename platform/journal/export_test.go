package journal

import "time"

type (
	Disk = disk
	File = file
)

const (
	MostBytes    = mostBytes
	MostEntries  = mostEntries
	MostUndoable = mostUndoable
	MostEnded    = mostEnded
)

// RealDisk is the disk that tests wrap.
func RealDisk() Disk { return realDisk{} }

// On puts another disk in the place of the real one.
func (j *Journal) On(d Disk) *Journal { j.disk = d; return j }

// At sets the clock.
func (j *Journal) At(now func() time.Time) *Journal { j.now = now; return j }

// Replay reads the lines of an entry.
func Replay(raw []byte) (Entry, int, error) { return replay(raw) }

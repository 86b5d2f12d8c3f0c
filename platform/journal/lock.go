package journal

import (
	"fmt"

	"github.com/gofrs/flock"

	"yomitori/platform"
)

// lock takes the one lock over all entries, or fails as busy. The system lets go
// of it when the program ends, however it ends.
func (j *Journal) lock() (unlock func(), err error) {
	if err := j.mkdirAll(j.folder); err != nil {
		return nil, cannotWrite(err)
	}
	l := flock.New(j.path("lock"))
	switch ok, err := l.TryLock(); {
	case err != nil:
		return nil, cannotWrite(fmt.Errorf("lock journal: %w", err))
	case !ok:
		return nil, platform.CannotRepair(platform.RepairBusy, "", nil)
	}
	return func() { _ = l.Close() }, nil
}

package journal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gofrs/flock"

	"yomitori/platform"
)

// lockLimit is how long to wait for the lock.
const lockLimit = 200 * time.Millisecond

// lock takes the one lock over all entries, or fails as busy. The system lets go
// of it when the program ends, however it ends.
func (j *Journal) lock() (unlock func(), err error) {
	if err := j.mkdirAll(j.folder); err != nil {
		return nil, cannotWrite(err)
	}
	l := flock.New(j.path("lock"))
	// Somebody who only asks whether it is taken holds it for a moment.
	ctx, cancel := context.WithTimeout(context.Background(), lockLimit)
	defer cancel()
	switch ok, err := l.TryLockContext(ctx, lockLimit/10); {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, platform.CannotRepair(platform.RepairBusy, "", nil)
	case err != nil:
		return nil, cannotWrite(fmt.Errorf("lock journal: %w", err))
	case !ok:
		return nil, platform.CannotRepair(platform.RepairBusy, "", nil)
	}
	return func() { _ = l.Close() }, nil
}

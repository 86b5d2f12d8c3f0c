package pcsc

import (
	"context"

	"yomitori/platform"
)

// ReadOnce reads the card in a reader once, for benchmarks.
func ReadOnce(ctx context.Context, reader string, atr []byte) (platform.Card, error) {
	f := &follower{Watcher: New()}
	return f.readOnce(ctx, reader, atr)
}

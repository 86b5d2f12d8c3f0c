package pcsc

import (
	"context"

	"yomitori/platform"
)

// ReadOnce reads the card in a reader once, for benchmarks.
func ReadOnce(ctx context.Context, reader string, atr []byte) (platform.Card, error) {
	return New().readOnce(ctx, reader, atr)
}

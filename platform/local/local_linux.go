package local

import (
	"os"
	"strings"

	"yomitori/platform/linux"
	"yomitori/platform/pcsc"
)

// Computer is the computer that the program runs on.
func Computer() Machine {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "/nonexistent" // a user without a folder has no browser profiles
	}
	watcher := pcsc.New()
	return linux.New(linux.Options{
		UID:  os.Getuid(),
		Home: strings.TrimPrefix(home, "/"),
		Live: watcher.Follow, RefreshPCSC: watcher.Refresh,
	})
}

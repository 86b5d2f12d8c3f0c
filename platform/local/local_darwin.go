package local

import (
	"os"

	"yomitori/platform/macos"
	"yomitori/platform/pcsc"
)

// Computer is the computer that the program runs on.
func Computer() Machine {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "/nonexistent" // a user without a folder has no browser profiles
	}
	watcher := pcsc.New()
	return macos.New(macos.Options{UID: os.Getuid(), Home: home, Live: watcher.Follow, RefreshPCSC: watcher.Refresh})
}

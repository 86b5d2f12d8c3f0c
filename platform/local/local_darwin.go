package local

import (
	"os"

	"yomitori/platform"
	"yomitori/platform/macos"
	"yomitori/platform/pcsc"
)

// Computer is the computer that the program runs on.
func Computer() platform.Computer {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "/nonexistent" // a user without a folder has no browser profiles
	}
	return macos.New(macos.Options{UID: os.Getuid(), Home: home, Live: pcsc.New().Follow})
}

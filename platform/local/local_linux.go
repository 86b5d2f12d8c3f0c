package local

import (
	"os"
	"strings"

	"yomitori/platform"
	"yomitori/platform/linux"
	"yomitori/platform/pcsc"
)

// Computer is the computer that the program runs on.
func Computer() platform.Computer {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "/nonexistent" // a user without a folder has no browser profiles
	}
	return linux.New(linux.Options{
		UID:  os.Getuid(),
		Home: strings.TrimPrefix(home, "/"),
		Live: pcsc.New().Follow,
	})
}

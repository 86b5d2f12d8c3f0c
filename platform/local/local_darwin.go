package local

import (
	"yomitori/platform"
	"yomitori/platform/macos"
	"yomitori/platform/pcsc"
)

// Computer is the computer that the program runs on.
func Computer() platform.Computer {
	return macos.New(macos.Options{Live: pcsc.New().Follow})
}

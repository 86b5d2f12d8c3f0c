package local

import (
	"yomitori/platform"
	"yomitori/platform/pcsc"
	"yomitori/platform/windows"
)

// Computer is the computer that the program runs on.
func Computer() platform.Computer {
	return windows.New(windows.Options{Live: pcsc.New().Follow})
}

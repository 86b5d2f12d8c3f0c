package local

import (
	"yomitori/platform/pcsc"
	"yomitori/platform/windows"
)

// Computer is the computer that the program runs on.
func Computer() Machine {
	watcher := pcsc.New()
	return windows.New(windows.Options{Live: watcher.Follow, RefreshPCSC: watcher.Refresh})
}

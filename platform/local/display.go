package local

import (
	"os"
	"runtime"
)

// HasDisplay reports whether windows can be shown. Windows and macOS always
// have a desktop; elsewhere the environment names it.
func HasDisplay() bool {
	switch runtime.GOOS {
	case "windows", "darwin":
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

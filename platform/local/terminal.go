package local

import "os"

// IsTerminal reports whether a person may answer at a file. One at which nobody
// does is found out by its end.
func IsTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

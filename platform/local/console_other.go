//go:build !windows

package local

import "os"

// OpenConsole is standard output and standard error.
func OpenConsole() Console { return Console{Stdout: os.Stdout, Stderr: os.Stderr} }

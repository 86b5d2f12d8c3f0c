package windows

import (
	"errors"
	"fmt"
)

// KnownFolder names a folder of which Windows tells where it is.
type KnownFolder string

// Known folders. The first belongs to the user, the others to the computer.
const (
	LocalAppData    KnownFolder = "LocalAppData"
	ProgramFiles    KnownFolder = "ProgramFiles" // for programs of the computer's own kind
	ProgramFilesX86 KnownFolder = "ProgramFilesX86"
	System          KnownFolder = "System" // the programs and libraries of Windows
)

// folderVariables name the environment's idea of the known folders.
var folderVariables = map[KnownFolder]string{
	LocalAppData:    "LOCALAPPDATA",
	ProgramFiles:    "ProgramFiles",
	ProgramFilesX86: "ProgramFiles(x86)",
}

// folder tells the full path of a known folder. The environment is the second
// way, because a program may have been started with a changed one.
func (c *Computer) folder(f KnownFolder) (string, error) {
	err := errors.ErrUnsupported
	if c.o.Native.Folder != nil {
		var path string
		if path, err = c.o.Native.Folder(f); err == nil && path != "" {
			return path, nil
		}
	}
	if path := c.o.Getenv(folderVariables[f]); path != "" {
		return path, nil
	}
	return "", fmt.Errorf("find folder %s: %w", f, err)
}

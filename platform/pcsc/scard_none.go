//go:build !windows && !cgo

package pcsc

import (
	"errors"
	"fmt"

	"yomitori/platform"
)

// establish fails: without cgo there is no PC/SC library here. Programs built
// this way exist only to be vetted and tested.
func establish() (service, error) {
	return nil, fmt.Errorf("establish PC/SC context: built without cgo: %w", errors.ErrUnsupported)
}

func readPIV(string) (platform.Certificate, error) {
	return platform.Certificate{}, fmt.Errorf("read PIV certificate: built without cgo: %w", errors.ErrUnsupported)
}

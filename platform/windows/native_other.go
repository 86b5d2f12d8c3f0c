//go:build !windows

package windows

import (
	"errors"
	"fmt"
)

// nativeRegistry answers that there is no registry on this system.
func nativeRegistry() Registry { return noRegistry{} }

type noRegistry struct{}

// Open implements Registry.
func (noRegistry) Open(root Root, path string, _ View) (Key, error) {
	return nil, fmt.Errorf(`open %s\%s: %w`, root, path, errors.ErrUnsupported)
}

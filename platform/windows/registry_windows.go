package windows

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

func nativeRegistry() Registry { return systemRegistry{} }

// systemRegistry is the registry of this computer, opened for reading only.
type systemRegistry struct{}

var systemRoots = map[Root]registry.Key{Machine: registry.LOCAL_MACHINE, User: registry.CURRENT_USER}

// Open implements Registry.
func (systemRegistry) Open(root Root, path string, view View) (Key, error) {
	access := uint32(registry.QUERY_VALUE | registry.ENUMERATE_SUB_KEYS)
	switch view {
	case View64:
		access |= registry.WOW64_64KEY
	case View32:
		access |= registry.WOW64_32KEY
	default:
		return nil, fmt.Errorf(`open %s\%s: view %d: %w`, root, path, view, errors.ErrUnsupported)
	}
	top, ok := systemRoots[root]
	if !ok {
		return nil, fmt.Errorf(`open %s\%s: %w`, root, path, fs.ErrNotExist)
	}
	k, err := registry.OpenKey(top, path, access)
	if err != nil {
		return nil, fmt.Errorf(`open %s\%s: %w`, root, path, registryError(err))
	}
	return systemKey{k}, nil
}

// registryError makes errors say what Registry promises; most already do.
func registryError(err error) error {
	if errors.Is(err, windows.ERROR_KEY_DELETED) {
		return fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	}
	return err
}

type systemKey struct{ k registry.Key }

func (k systemKey) read(name string) (valueKind, []byte, error) {
	// A value may grow between asking for its size and reading it.
	for range 4 {
		size, _, err := k.k.GetValue(name, nil)
		if err != nil {
			return 0, nil, fmt.Errorf("read value %q: %w", name, registryError(err))
		}
		if size > largestValue {
			return 0, nil, fmt.Errorf("read value %q: %d bytes are too many", name, size)
		}
		raw := make([]byte, size+2) // room for what came in the meantime; never empty
		n, kind, err := k.k.GetValue(name, raw)
		if errors.Is(err, registry.ErrShortBuffer) {
			continue
		}
		if err != nil {
			return 0, nil, fmt.Errorf("read value %q: %w", name, registryError(err))
		}
		return valueKind(kind), raw[:n], nil
	}
	return 0, nil, fmt.Errorf("read value %q: it keeps growing", name)
}

// Text implements Key.
func (k systemKey) Text(name string) (string, error) {
	kind, raw, err := k.read(name)
	if err != nil {
		return "", err
	}
	text, expand, err := textOf(kind, raw)
	if err != nil || !expand {
		return text, err
	}
	return registry.ExpandString(text)
}

// Texts implements Key.
func (k systemKey) Texts(name string) ([]string, error) {
	kind, raw, err := k.read(name)
	if err != nil {
		return nil, err
	}
	return textsOf(kind, raw)
}

// Number implements Key.
func (k systemKey) Number(name string) (uint64, error) {
	kind, raw, err := k.read(name)
	if err != nil {
		return 0, err
	}
	return numberOf(kind, raw)
}

// Keys implements Key.
func (k systemKey) Keys() ([]string, error) { return names("keys", k.k.ReadSubKeyNames) }

// Values implements Key.
func (k systemKey) Values() ([]string, error) { return names("values", k.k.ReadValueNames) }

func names(of string, read func(int) ([]string, error)) ([]string, error) {
	list, err := read(mostNames)
	switch {
	case err == nil:
		return list, fmt.Errorf("list %s: there are %d or more", of, mostNames)
	case errors.Is(err, io.EOF):
		return list, nil
	}
	return list, fmt.Errorf("list %s: %w", of, registryError(err))
}

// Close implements Key.
func (k systemKey) Close() error { return k.k.Close() }

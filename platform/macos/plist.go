package macos

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"howett.net/plist"
)

var (
	errNotPlist = errors.New("not a property list")
	errDeep     = errors.New("property list is nested deeper than any real one")
)

const (
	// maxPlist is far above the property lists that are read here.
	maxPlist = 1 << 20
	// maxNesting is how deep one may be nested; the registry of devices, with
	// two levels for each device, is the deepest.
	maxNesting = 256
)

// readPlist reads a property list, in binary or XML, into a struct.
func (c *Computer) readPlist(full string, to any) error {
	raw, err := c.read(full, maxPlist)
	if err != nil {
		return fmt.Errorf("read property list: %w", err)
	}
	return parsePlist(raw, to)
}

// parsePlist understands a property list. The fields of the struct are to be
// of the type loose, and none is to be an interface: in a binary list, objects
// may be used many times over, and to copy each would never end.
func parsePlist(raw []byte, to any) (err error) {
	defer func() {
		// The parser gives up on some broken lists with a runtime error.
		if r := recover(); r != nil {
			err = fmt.Errorf("parse property list: %w: %v", errNotPlist, r)
		}
	}()
	switch {
	case bytes.HasPrefix(raw, []byte("bplist0")):
		err = checkNestingBinary(raw)
	case bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), " \t\r\n"), []byte("<")):
		err = checkNestingXML(raw)
	default:
		err = errNotPlist // of the older forms of text nothing here is written
	}
	if err == nil {
		_, err = plist.Unmarshal(raw, to)
	}
	if err != nil {
		return fmt.Errorf("parse property list: %w", err)
	}
	return nil
}

// checkNestingXML refuses what would exhaust the stack of a parser.
func checkNestingXML(raw []byte) error {
	d := xml.NewDecoder(bytes.NewReader(raw))
	for depth := 0; ; {
		token, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > maxNesting {
			return errDeep
		}
	}
}

// loose is a value that may be of another type than expected, or not be there,
// without the rest of the list being lost.
type loose[T any] struct {
	value T
	set   bool // it is there, and of the type expected
	wrong bool // it is there, and of another type
}

// UnmarshalPlist implements plist.Unmarshaler.
func (l *loose[T]) UnmarshalPlist(unmarshal func(any) error) error {
	var v T
	if err := unmarshal(&v); err != nil {
		l.wrong = true
		return nil
	}
	l.value, l.set = v, true
	return nil
}

// flag is a switch, which people write as a truth value or as a number.
type flag bool

// UnmarshalPlist implements plist.Unmarshaler.
func (f *flag) UnmarshalPlist(unmarshal func(any) error) error {
	var truth bool
	if err := unmarshal(&truth); err == nil {
		*f = flag(truth)
		return nil
	}
	var n int64
	if err := unmarshal(&n); err != nil {
		return err
	}
	*f = n != 0
	return nil
}

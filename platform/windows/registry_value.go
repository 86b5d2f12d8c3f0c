package windows

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
)

// How much of the registry is believed. Nothing that is looked for comes near.
const (
	largestValue = 1 << 20 // bytes
	mostNames    = 1 << 14 // keys or values below one key
)

// valueKind is the type of a value in the registry (winnt.h, REG_…).
type valueKind uint32

const (
	kindText       valueKind = 1
	kindExpandText valueKind = 2
	kindBinary     valueKind = 3
	kindNumber     valueKind = 4
	kindNumberBE   valueKind = 5
	kindTexts      valueKind = 7
	kindLongNumber valueKind = 11
)

// textOf reads a string. Nothing makes programs store a terminator, or an even
// number of bytes. Expand says that it holds references to the environment.
func textOf(kind valueKind, raw []byte) (text string, expand bool, err error) {
	if kind != kindText && kind != kindExpandText {
		return "", false, fmt.Errorf("read text: the value is of type %d", kind)
	}
	text, _, _ = strings.Cut(wide(raw), "\x00")
	return text, kind == kindExpandText, nil
}

// textsOf reads a list of strings; empty ones only separate.
func textsOf(kind valueKind, raw []byte) ([]string, error) {
	if kind != kindTexts {
		return nil, fmt.Errorf("read texts: the value is of type %d", kind)
	}
	return strings.FieldsFunc(wide(raw), func(r rune) bool { return r == 0 }), nil
}

func numberOf(kind valueKind, raw []byte) (uint64, error) {
	switch {
	case kind == kindNumber && len(raw) == 4:
		return uint64(binary.LittleEndian.Uint32(raw)), nil
	case kind == kindNumberBE && len(raw) == 4:
		return uint64(binary.BigEndian.Uint32(raw)), nil
	case kind == kindLongNumber && len(raw) == 8:
		return binary.LittleEndian.Uint64(raw), nil
	}
	return 0, fmt.Errorf("read number: the value is of type %d and has %d bytes", kind, len(raw))
}

func wide(raw []byte) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units))
}

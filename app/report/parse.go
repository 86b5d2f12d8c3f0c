package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what is read. Real files have a depth of eight or so, and no number of
// more than twenty signs.
const (
	deepest       = 32
	longestNumber = 32
)

// parsed reads a JSON object strictly. Errors wrap ErrMalformed.
func parsed(raw []byte) (map[string]any, error) {
	if !utf8.Valid(raw) {
		return nil, fmt.Errorf("%w: no UTF-8", ErrMalformed)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	v, err := value(d, 0)
	if err != nil {
		return nil, errors.Join(ErrMalformed, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: more than one value", ErrMalformed)
	}
	tree, ok := v.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%w: no object", ErrMalformed)
	}
	return tree, nil
}

// value reads the next value.
func value(d *json.Decoder, depth int) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, fmt.Errorf("read value: %w", err)
	}
	switch t := t.(type) {
	case json.Delim:
		if depth == deepest {
			return nil, errors.New("nested too deeply")
		}
		if t == '{' {
			return object(d, depth+1)
		}
		return array(d, depth+1)
	case json.Number:
		if len(t) > longestNumber {
			return nil, errors.New("number is too long")
		}
	}
	return t, nil
}

// object reads an object of which the opening bracket was read. A name may stand in it
// once only, in whatever case, since readers differ in which of two they believe.
func object(d *json.Decoder, depth int) (any, error) {
	tree, seen := map[string]any{}, map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("read name: %w", err)
		}
		name, _ := t.(string)
		folded := strings.Map(smallest, name)
		if seen[folded] {
			return nil, fmt.Errorf("name %.40q stands twice", name)
		}
		seen[folded] = true
		if tree[name], err = value(d, depth); err != nil {
			return nil, err
		}
	}
	return tree, closed(d)
}

// smallest stands for all runes that encoding/json takes for the same in a name: "K"
// for "k" and for the sign of kelvin.
func smallest(r rune) rune {
	for {
		next := unicode.SimpleFold(r)
		if next <= r {
			return next
		}
		r = next
	}
}

func array(d *json.Decoder, depth int) (any, error) {
	list := []any{}
	for d.More() {
		v, err := value(d, depth)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, closed(d)
}

func closed(d *json.Decoder) error {
	if _, err := d.Token(); err != nil {
		return fmt.Errorf("read end: %w", err)
	}
	return nil
}

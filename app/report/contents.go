package report

import (
	"fmt"
	"reflect"
	"time"

	"yomitori/platform"
)

// Item is one field of a snapshot, for people who want to see what they send.
type Item struct {
	Area    platform.Area
	Field   string // by the names in JSON: "list.certificates.subject"
	State   ItemState
	Count   int    // how many values there are, 0 for what is left out
	Example string // the first value, as it stands in the report
}

// Name is the last part of the field, for which there is a text.
func (i Item) Name() string {
	for n := len(i.Field) - 1; n >= 0; n-- {
		if i.Field[n] == '.' {
			return i.Field[n+1:]
		}
	}
	return i.Field
}

// ItemState says in which form a field is in a report.
type ItemState string

// The forms.
const (
	ItemPlain   ItemState = "plain"    // as it is
	ItemMasked  ItemState = "masked"   // as a token, or with tokens in it
	ItemLeftOut ItemState = "left-out" // not at all
)

// contents compares a snapshot with its masked form.
func contents(s, masked platform.Snapshot) []Item {
	var c collector
	was, is := reflect.ValueOf(s), reflect.ValueOf(masked)
	for i := range was.NumField() {
		share, name := tags(was.Type().Field(i))
		c.area = platform.Area(name)
		if was.Field(i).Kind() == reflect.Struct && was.Field(i).Type() != reflect.TypeFor[time.Time]() {
			c.walk(was.Field(i), is.Field(i), share, "")
		}
	}
	return c.items
}

type collector struct {
	area  platform.Area
	items []Item
}

func (c *collector) walk(was, is reflect.Value, share, field string) {
	switch {
	case share == "never":
		if !was.IsZero() {
			c.add(field, ItemLeftOut, "")
		}
	case was.Kind() == reflect.Pointer && !was.IsNil():
		c.walk(was.Elem(), is.Elem(), share, field)
	case was.Kind() == reflect.Slice && was.Type().Elem().Kind() != reflect.Uint8:
		for i := range was.Len() {
			c.walk(was.Index(i), is.Index(i), share, field)
		}
	case was.Kind() == reflect.Struct && !opaque(was.Type()):
		c.walkStruct(was, is, field)
	case was.IsZero():
	case was.Kind() == reflect.String && was.String() != is.String(), share == "mask":
		c.add(field, ItemMasked, is.String())
	default:
		c.add(field, ItemPlain, shown(is))
	}
}

func (c *collector) walkStruct(was, is reflect.Value, field string) {
	for i := range was.NumField() {
		f := was.Type().Field(i)
		share, name := tags(f)
		inner := field
		if !f.Anonymous {
			if inner != "" {
				inner += "."
			}
			inner += name
		}
		c.walk(was.Field(i), is.Field(i), share, inner)
	}
}

// opaque types say themselves what they hold.
func opaque(t reflect.Type) bool {
	return t == reflect.TypeFor[time.Time]() || t == reflect.TypeFor[platform.Tries]()
}

// longestExample is how many runes of a value are enough to tell it.
const longestExample = 60

func shown(v reflect.Value) string {
	if t, ok := v.Interface().(platform.Tries); ok {
		raw, _ := t.MarshalJSON() // of a number or a word
		return string(raw)
	}
	if v.Kind() == reflect.Slice {
		return fmt.Sprintf("%d bytes", v.Len())
	}
	text := []rune(fmt.Sprint(v.Interface()))
	if len(text) > longestExample {
		text = append(text[:longestExample], '…')
	}
	return string(text)
}

// add counts a value. One field that is masked anywhere is shown as masked.
func (c *collector) add(field string, state ItemState, example string) {
	for i := range c.items {
		it := &c.items[i]
		if it.Area != c.area || it.Field != field {
			continue
		}
		if state == ItemMasked && it.State == ItemPlain {
			it.State, it.Example = state, example
		}
		if state != ItemLeftOut {
			it.Count++
		}
		return
	}
	item := Item{Area: c.area, Field: field, State: state, Example: example}
	if state != ItemLeftOut {
		item.Count = 1
	}
	c.items = append(c.items, item)
}

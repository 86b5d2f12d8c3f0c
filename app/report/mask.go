package report

import (
	"fmt"
	"reflect"
	"strings"
)

// Masked returns a copy of v in which every string under share:"mask" is
// replaced by a token and every field under share:"never" is empty. Equal
// values get equal tokens, so that a reader still sees what belongs together.
func Masked[T any](v T) T {
	m := masker{tokens: map[string]string{}, counts: map[string]int{}}
	return m.copy(reflect.ValueOf(v), "plain", "").Interface().(T)
}

type masker struct {
	tokens map[string]string // by field name and value
	counts map[string]int    // by field name
}

// copy copies a value deeply; share and name are those of the field it is in.
func (m *masker) copy(v reflect.Value, share, name string) reflect.Value {
	if share == "never" {
		return reflect.Zero(v.Type())
	}
	switch v.Kind() {
	case reflect.String:
		if share == "mask" && v.String() != "" {
			return reflect.ValueOf(m.token(name, v.String())).Convert(v.Type())
		}
	case reflect.Pointer:
		if !v.IsNil() {
			c := reflect.New(v.Type().Elem())
			c.Elem().Set(m.copy(v.Elem(), share, name))
			return c
		}
	case reflect.Slice:
		if !v.IsNil() {
			c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			for i := range v.Len() {
				c.Index(i).Set(m.copy(v.Index(i), share, name))
			}
			return c
		}
	case reflect.Struct:
		return m.copyStruct(v)
	}
	return v
}

func (m *masker) copyStruct(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		share, ok := f.Tag.Lookup("share")
		if !ok {
			share = "plain"
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		c.Field(i).Set(m.copy(v.Field(i), share, name))
	}
	return c
}

// token names a value by its field and the order of appearance: «subject 1».
func (m *masker) token(name, value string) string {
	key := name + "\x00" + value
	if t, ok := m.tokens[key]; ok {
		return t
	}
	m.counts[name]++
	m.tokens[key] = fmt.Sprintf("«%s %d»", name, m.counts[name])
	return m.tokens[key]
}

package report

import (
	"reflect"
	"regexp"
	"strings"

	"yomitori/checks"
	"yomitori/platform"
)

// Masked returns a copy of v in which every string under share:"mask" is
// replaced by a token, every field under share:"never" is empty, and what tells
// of a person is replaced within all other text (see [Personal]). Equal values get
// equal tokens, so that a reader still sees what belongs together.
func Masked[T any](who Personal, v T) T {
	return newMasker(who).copy(reflect.ValueOf(&v).Elem(), "plain", "").Interface().(T)
}

// MaskedDiagnosis is Masked for a diagnosis, whose cause stays one of its findings.
func MaskedDiagnosis(who Personal, d checks.Diagnosis) checks.Diagnosis {
	return relinked(d, Masked(who, parts{Findings: d.Findings, Card: d.Card}))
}

type masker struct {
	rules  []rule
	tokens map[string]string // by name and value
	counts map[string]int    // by name
	// readable writes tokens in the language of a person, if it is not nil.
	readable func(string) string
}

func newMasker(who Personal) *masker {
	return &masker{rules: rulesFor(who), tokens: map[string]string{}, counts: map[string]int{}}
}

// copy copies a value deeply; share and name are those of the field it is in.
func (m *masker) copy(v reflect.Value, share, name string) reflect.Value {
	if share == "never" {
		return reflect.Zero(v.Type())
	}
	switch v.Kind() {
	case reflect.String:
		return reflect.ValueOf(m.text(v, share, name)).Convert(v.Type())
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

// closedWord is how the program's own words look.
var closedWord = regexp.MustCompile(`^[A-Za-z0-9]+(?:[._:-][A-Za-z0-9]+)*$`)

// text is what a text becomes. A type of its own holds one of the program's words, unless
// it comes from a file that somebody else wrote.
func (m *masker) text(v reflect.Value, share, name string) string {
	s := v.String()
	switch {
	case s == "":
		return ""
	case share == "mask":
		s = m.token(name, s)
	case v.Type() != reflect.TypeFor[string]() && closedWord.MatchString(s):
		return s
	default:
		s = m.scrub(name, s)
	}
	if m.readable != nil {
		s = m.readable(s)
	}
	return s
}

func (m *masker) copyStruct(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		share, name := tags(f)
		c.Field(i).Set(m.copy(v.Field(i), share, name))
	}
	return c
}

// tags are what a field says of whether it is shared, and its name in JSON.
func tags(f reflect.StructField) (share, name string) {
	share, ok := f.Tag.Lookup("share")
	if !ok {
		share = "plain"
	}
	name, _, _ = strings.Cut(f.Tag.Get("json"), ",")
	return share, name
}

// parts is what of a diagnosis rests on the computer.
type parts struct {
	Findings []checks.Finding
	Card     *platform.Card
}

// relinked is a diagnosis with other parts. Its cause points into its findings.
func relinked(d checks.Diagnosis, p parts) checks.Diagnosis {
	moved := func(f *checks.Finding) *checks.Finding {
		for i := range d.Findings {
			if f == &d.Findings[i] {
				return &p.Findings[i]
			}
		}
		return nil
	}
	out := d
	out.Findings, out.Card, out.Next = p.Findings, p.Card, nil
	if d.Cause != nil {
		out.Cause = moved(d.Cause)
	}
	for _, f := range d.Next {
		out.Next = append(out.Next, moved(f))
	}
	return out
}

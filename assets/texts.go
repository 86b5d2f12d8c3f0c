package assets

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

// Lang is a language of the program.
type Lang string

// The languages; Japanese comes first everywhere.
const (
	Japanese Lang = "ja"
	English  Lang = "en"
)

// Langs lists the languages.
var Langs = []Lang{Japanese, English}

//go:embed translations
var translations embed.FS

// Texts is everything the program says in one language.
type Texts struct {
	lang  Lang
	byKey map[string]string
}

// Args fills the {placeholders} of a text.
type Args map[string]string

var loaded = map[Lang]func() Texts{
	Japanese: sync.OnceValue(func() Texts { return load(Japanese) }),
	English:  sync.OnceValue(func() Texts { return load(English) }),
}

// In returns the texts of a language; an unknown language is Japanese.
func In(l Lang) Texts {
	if f, ok := loaded[l]; ok {
		return f()
	}
	return loaded[Japanese]()
}

// load reads the files of one language. They are embedded, so an error in
// them is a mistake in the program, which every test would meet.
func load(l Lang) Texts {
	t := Texts{lang: l, byKey: map[string]string{}}
	dir := path.Join("translations", string(l))
	files, err := translations.ReadDir(dir)
	if err != nil {
		panic(fmt.Sprintf("assets: read translations: %v", err))
	}
	for _, f := range files {
		raw, err := translations.ReadFile(path.Join(dir, f.Name()))
		if err != nil {
			panic(fmt.Sprintf("assets: read translations: %v", err))
		}
		var part map[string]string
		if err := json.Unmarshal(raw, &part); err != nil {
			panic(fmt.Sprintf("assets: parse %s/%s: %v", l, f.Name(), err))
		}
		maps.Copy(t.byKey, part)
	}
	return t
}

// Lang returns the language of the texts.
func (t Texts) Lang() Lang { return t.lang }

// Has reports whether there is a text for a key.
func (t Texts) Has(key string) bool { _, ok := t.byKey[key]; return ok }

// Keys returns all keys, sorted.
func (t Texts) Keys() []string { return slices.Sorted(maps.Keys(t.byKey)) }

// Text returns the text for a key with its placeholders filled. A key that is
// missing is returned itself: ugly on purpose, and a test fails on it.
func (t Texts) Text(key string, args ...Args) string {
	s, ok := t.byKey[key]
	if !ok {
		return key
	}
	for _, a := range args {
		pairs := make([]string, 0, 2*len(a))
		for k, v := range a {
			pairs = append(pairs, "{"+k+"}", v)
		}
		s = strings.NewReplacer(pairs...).Replace(s)
	}
	return s
}

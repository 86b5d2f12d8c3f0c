package articles

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"yomitori/assets"
)

//go:embed *.md
var files embed.FS

// Article is one article.
type Article struct {
	ID    string `toml:"id"` // that of the message where it is about one
	Kind  Kind   `toml:"kind"`
	Title Text   `toml:"title"`
	// Messages are the exact texts, in each spelling that the sources use. Codes
	// are codes alone, and Words what people type besides: kana, romaji.
	Messages []string `toml:"messages"`
	Codes    []string `toml:"codes"`
	Words    []string `toml:"words"`

	Where    []Where  `toml:"where"`
	Purposes []string `toml:"purposes"` // nil for all
	Causes   []Cause  `toml:"cause"`
	Repairs  []string `toml:"repairs"` // ids of package platform, without what they are done to
	See      []string `toml:"see"`     // other articles
	Drawings []string `toml:"drawings"`

	Sources    []Source   `toml:"source"`
	AsOf       string     `toml:"as_of"` // a day, month or year, as in package rules
	Confidence Confidence `toml:"confidence"`

	// Body is the text, by language.
	Body map[assets.Lang][]Block `toml:"-"`
}

// Kind says what an article is about.
type Kind string

// Kinds of articles.
const (
	KindMessage   Kind = "message"
	KindProcedure Kind = "procedure"
	KindGuide     Kind = "guide"
)

// Where is the place at which people meet what an article is about.
type Where string

// The places, in the order in which people browse them.
const (
	WherePC      Where = "pc" // a page in a browser on a computer
	WhereBrowser Where = "browser"
	WhereClient  Where = "client" // official software
	WhereWindows Where = "windows"
	WherePhone   Where = "phone"
)

// Wheres lists all places.
var Wheres = []Where{WherePC, WhereBrowser, WhereClient, WhereWindows, WherePhone}

// Confidence says how well what an article tells is founded.
type Confidence string

// Confidences.
const (
	Official Confidence = "official"
	Several  Confidence = "several" // sources that do not rest on each other
	One      Confidence = "one"     // source that is not official
	Inferred Confidence = "inferred"
)

// Text is a text in both languages.
type Text struct {
	JA string `toml:"ja"`
	EN string `toml:"en"`
}

// In is the text in a language.
func (t Text) In(l assets.Lang) string {
	if l == assets.English {
		return t.EN
	}
	return t.JA
}

// Cause is one thing that may lie behind a message.
type Cause struct {
	JA string `toml:"ja"`
	EN string `toml:"en"`
	// ConfirmedBy are ids of findings any of which, as a problem or notice, says
	// that it is so; ExcludedBy those any of which, as ok, says that it is not.
	ConfirmedBy []string `toml:"confirmed_by"`
	ExcludedBy  []string `toml:"excluded_by"`
	// Checked is what is said of a cause that is excluded.
	Checked Text `toml:"checked"`
}

// Text is the cause in both languages.
func (c Cause) Text() Text { return Text{c.JA, c.EN} }

// Source is where an article's facts come from.
type Source struct {
	Document string `toml:"document"`
	Section  string `toml:"section"`
	Version  string `toml:"version"`
	Date     string `toml:"date"`
}

var library = sync.OnceValue(func() []Article {
	all, err := load(files)
	if err != nil {
		panic(fmt.Sprintf("articles: %v", err)) // they are embedded: a mistake in the program
	}
	return all
})

// All lists the articles, by their ids.
func All() []Article { return library() }

// ByID returns the article with an id.
func ByID(id string) (Article, bool) {
	all := library()
	i, found := slices.BinarySearchFunc(all, id, func(a Article, id string) int { return strings.Compare(a.ID, id) })
	if !found {
		return Article{}, false
	}
	return all[i], true
}

func load(from fs.FS) ([]Article, error) {
	names, err := fs.Glob(from, "*.md")
	if err != nil {
		return nil, fmt.Errorf("list articles: %w", err)
	}
	var all []Article
	for _, name := range names {
		raw, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, fmt.Errorf("read article: %w", err)
		}
		a, err := parse(raw)
		if err != nil {
			return nil, fmt.Errorf("read article %s: %w", name, err)
		}
		if a.ID+".md" != name {
			return nil, fmt.Errorf("read article %s: its id is %q", name, a.ID)
		}
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b Article) int { return strings.Compare(a.ID, b.ID) })
	return all, nil
}

const fence = "+++\n"

var (
	errNoFacts    = errors.New("it does not begin with facts between lines of +++")
	errUnknownKey = errors.New("unknown key")
	errNoText     = errors.New("no text")
)

// parse reads one article: facts in TOML, then "# ja" and "# en".
func parse(raw []byte) (Article, error) {
	raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	rest, ok := bytes.CutPrefix(raw, []byte(fence))
	facts, text, closed := bytes.Cut(rest, []byte("\n"+fence))
	if !ok || !closed {
		return Article{}, errNoFacts
	}
	var a Article
	meta, err := toml.Decode(string(facts), &a)
	if err != nil {
		return Article{}, fmt.Errorf("read facts: %w", err)
	}
	if keys := meta.Undecoded(); len(keys) > 0 {
		return Article{}, fmt.Errorf("read facts: %w %s", errUnknownKey, keys[0])
	}
	a.Body, err = bodies(text)
	return a, err
}

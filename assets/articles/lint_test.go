package articles_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"yomitori/assets"
	"yomitori/assets/articles"
	"yomitori/checks"
	"yomitori/platform"
)

// each runs a test for every article.
func each(t *testing.T, test func(*testing.T, articles.Article)) {
	t.Helper()
	for _, a := range articles.All() {
		t.Run(a.ID, func(t *testing.T) { test(t, a) })
	}
}

// one reports whether a word is one of a list.
func one[T ~string](t *testing.T, what string, word string, of []T) {
	t.Helper()
	if !slices.Contains(of, T(word)) {
		t.Errorf("%s %q is none of %v", what, word, of)
	}
}

var asOf = regexp.MustCompile(`^20\d\d(-\d\d(-\d\d)?)?$`)

func TestFacts(t *testing.T) {
	each(t, func(t *testing.T, a articles.Article) {
		one(t, "kind", string(a.Kind), []articles.Kind{articles.KindMessage, articles.KindProcedure, articles.KindGuide})
		one(t, "confidence", string(a.Confidence), []articles.Confidence{articles.Official, articles.Several, articles.One, articles.Inferred})
		for _, w := range a.Where {
			one(t, "place", string(w), articles.Wheres)
		}
		for _, p := range a.Purposes {
			one(t, "purpose", p, checks.Purposes)
		}
		for _, d := range a.Drawings {
			one(t, "drawing", d, assets.Drawings())
		}
		for _, id := range a.See {
			if _, ok := articles.ByID(id); !ok || id == a.ID {
				t.Errorf("see %q: no other article", id)
			}
		}
		for _, id := range a.Repairs {
			one(t, "repair", id, platform.Repairs())
		}
		if len(a.Where) == 0 || len(a.Sources) == 0 || !asOf.MatchString(a.AsOf) {
			t.Errorf("where %v, sources %v, as of %q", a.Where, a.Sources, a.AsOf)
		}
		if a.Kind == articles.KindMessage && len(a.Messages)+len(a.Codes) == 0 {
			t.Error("a message without its text or code")
		}
		if len(a.Words) < 2 {
			t.Errorf("words %v: people type more", a.Words)
		}
	})
}

// What confirms a cause exists, and only what is well excludes one.
func TestCauses(t *testing.T) {
	each(t, func(t *testing.T, a articles.Article) {
		for _, c := range a.Causes {
			for _, id := range c.ConfirmedBy {
				one(t, "finding", id, checks.IDs())
			}
			for _, id := range c.ExcludedBy {
				one(t, "finding", id, checks.IDs())
				if !strings.HasSuffix(id, ".ok") {
					t.Errorf("%s excludes nothing", id)
				}
			}
			if c.JA == "" || c.EN == "" || (c.Checked.JA == "") != (c.Checked.EN == "") {
				t.Errorf("cause %+v lacks a language", c)
			}
			if (len(c.ExcludedBy) > 0) != (c.Checked.JA != "") {
				t.Errorf("cause %q: what is said when it is excluded, and by what, go together", c.EN)
			}
		}
	})
}

// mostLetters is how long a paragraph may be, in letters of Japanese. English needs
// more of them for the same.
var mostLetters = map[assets.Lang]int{assets.Japanese: 300, assets.English: 300}

// endOfStep is how a step ends in Japanese: it tells what to do.
var endOfStep = regexp.MustCompile(`(ます|ください|ましょう)(。|（[^）]*）。?)$`)

// notImperative are first words of English steps that tell nobody what to do.
var notImperative = []string{"The", "A", "An", "You", "It", "This", "That", "There", "Your", "We", "Please", "Should", "Must", "Can"}

func TestTexts(t *testing.T) {
	each(t, func(t *testing.T, a articles.Article) {
		kinds := map[assets.Lang]string{}
		for _, l := range assets.Langs {
			if a.Title.In(l) == "" || utf8.RuneCountInString(a.Title.In(l)) > 120 {
				t.Errorf("title in %s: %q", l, a.Title.In(l))
			}
			steps := 0
			for _, b := range a.Body[l] {
				text := b.Plain()
				if n := utf8.RuneCountInString(text); n > mostLetters[l] {
					t.Errorf("%s: %d letters in %q", l, n, text)
				}
				if b.Kind == articles.Step {
					steps++
					imperative(t, l, text)
				}
				kinds[l] += string(b.Kind) + " "
			}
			if a.Kind != articles.KindGuide && steps == 0 {
				t.Errorf("%s: nothing to do", l)
			}
		}
		if kinds[assets.Japanese] != kinds[assets.English] {
			t.Errorf("the languages are built differently:\nja %s\nen %s", kinds[assets.Japanese], kinds[assets.English])
		}
	})
}

func imperative(t *testing.T, l assets.Lang, text string) {
	t.Helper()
	if l == assets.Japanese {
		// What follows the last sentence of a step may explain it.
		if !slices.ContainsFunc(strings.SplitAfter(text, "。"), func(s string) bool { return endOfStep.MatchString(strings.TrimSpace(s)) }) {
			t.Errorf("ja: no instruction in %q", text)
		}
		return
	}
	first, _, _ := strings.Cut(text, " ")
	if slices.Contains(notImperative, first) {
		t.Errorf("en: a step begins with %q: %q", first, text)
	}
}

// Every message that the program recognises has its article.
func TestEveryMessageHasAnArticle(t *testing.T) {
	for _, m := range checks.AllMessages() {
		if a, ok := articles.ByID(string(m)); !ok {
			t.Errorf("%s has no article", m)
		} else if a.Kind != articles.KindMessage {
			t.Errorf("the article of %s is a %s", m, a.Kind)
		}
	}
}

// sections says how many sections each part of a document has, from 1 on.
var sections = map[string]int{"manual 2.": 24, "manual 3.": 24, "manual 4.": 6, "HUB0002 ": 7, "login ": 7}

// What the documents hold is listed in testdata/coverage.txt, with the article for
// each part: "section: id". No section and no article is left out.
func TestCoverage(t *testing.T) {
	parts, listed := coverage(t)
	for document, last := range sections {
		for n := range last {
			section := fmt.Sprintf("%s%d", document, n+1)
			whole := regexp.MustCompile("^" + regexp.QuoteMeta(section) + `(\D|$)`)
			if !slices.ContainsFunc(parts, whole.MatchString) {
				t.Errorf("%s is not listed", section)
			}
		}
	}
	each(t, func(t *testing.T, a articles.Article) {
		if !listed[a.ID] {
			t.Error("not listed")
		}
	})
}

// coverage reads the list: the parts of the documents, and the articles about them.
func coverage(t *testing.T) (parts []string, listed map[string]bool) {
	t.Helper()
	raw, err := os.ReadFile("testdata/coverage.txt")
	if err != nil {
		t.Fatal(err)
	}
	listed = map[string]bool{}
	for n, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		part, ids, ok := strings.Cut(line, ": ")
		if !ok || slices.Contains(parts, part) {
			t.Errorf("line %d: %q", n+1, line)
		}
		parts = append(parts, part)
		for _, id := range strings.Fields(ids) {
			if _, found := articles.ByID(id); !found {
				t.Errorf("%s: no article %s", part, id)
			}
			listed[id] = true
		}
	}
	return parts, listed
}

// longestRun is how many letters in a row an article may have in common with a
// source, apart from what is quoted.
const longestRun = 25

// The sources are not in this repository; where they lie beside it, YOMITORI_SOURCES
// names their folder.
func TestNothingIsCopied(t *testing.T) {
	folder := os.Getenv("YOMITORI_SOURCES")
	if folder == "" {
		t.Skip("YOMITORI_SOURCES is not set: the sources are not here")
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(names) == 0 {
		t.Fatalf("sources in YOMITORI_SOURCES: %v, %v", names, err)
	}
	runs := map[string]bool{}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, run := range runsOf(string(raw)) {
			runs[run] = true
		}
	}
	each(t, func(t *testing.T, a articles.Article) {
		for _, l := range assets.Langs {
			for _, b := range a.Body[l] {
				text := unquoted(a, b.Plain())
				for _, run := range runsOf(text) {
					if runs[run] {
						t.Errorf("%s: %q is in a source", l, run)
						break
					}
				}
			}
		}
	})
}

// quoted are labels and addresses, which are quoted as they are.
var quoted = regexp.MustCompile(`「[^」]{1,50}」|https://\S+`)

// unquoted is a text without the messages, labels and addresses that it quotes.
func unquoted(a articles.Article, text string) string {
	for _, m := range slices.Concat(a.Messages, a.Codes) {
		text = strings.ReplaceAll(text, m, "\x00")
	}
	return quoted.ReplaceAllString(text, "\x00")
}

func runsOf(text string) []string {
	runes := []rune(strings.Join(strings.Fields(text), ""))
	var runs []string
	for i := range max(0, len(runes)-longestRun+1) {
		runs = append(runs, string(runes[i:i+longestRun]))
	}
	return runs
}

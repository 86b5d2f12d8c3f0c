package assets_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font"

	"yomitori/assets"
	"yomitori/assets/articles"
)

func parse(t *testing.T, bold bool) *font.Face {
	t.Helper()
	f, err := font.ParseTTF(bytes.NewReader(assets.Font(bold)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFontHasEveryCharacterOfTheTexts(t *testing.T) {
	for _, bold := range []bool{false, true} {
		face := parse(t, bold)
		for _, lang := range assets.Langs {
			texts := assets.In(lang)
			for _, key := range texts.Keys() {
				for _, r := range texts.Text(key) {
					if _, ok := face.NominalGlyph(r); !ok && r != '\n' {
						t.Errorf("bold %t: no glyph for %q (%U) in %s %s", bold, r, r, lang, key)
					}
				}
			}
		}
	}
}

// Articles are shown in the window too, with all that they quote.
func TestFontHasEveryCharacterOfTheArticles(t *testing.T) {
	for _, bold := range []bool{false, true} {
		face := parse(t, bold)
		for _, a := range articles.All() {
			texts := slices.Concat(a.Messages, a.Codes, []string{a.Title.JA, a.Title.EN})
			for _, c := range a.Causes {
				texts = append(texts, c.JA, c.EN, c.Checked.JA, c.Checked.EN)
			}
			for _, s := range a.Sources {
				texts = append(texts, s.Document, s.Section, s.Version)
			}
			for _, lang := range assets.Langs {
				for _, b := range a.Body[lang] {
					texts = append(texts, b.Plain())
				}
			}
			for _, r := range strings.Join(texts, "") {
				if _, ok := face.NominalGlyph(r); !ok {
					t.Errorf("bold %t: no glyph for %q (%U) in %s", bold, r, r, a.ID)
				}
			}
		}
	}
}

func TestFontHasTheSignsOfTheScreens(t *testing.T) {
	for _, bold := range []bool{false, true} {
		face := parse(t, bold)
		for _, r := range "→←↑↓⇒✓×○●◎△▲▽▼◇◆□■※…・「」『』【】〈〉«»‹›“”‘’–—〜～①②③ｱｲｳ亜熙" {
			if _, ok := face.NominalGlyph(r); !ok {
				t.Errorf("bold %t: no glyph for %q (%U)", bold, r, r)
			}
		}
	}
}

func TestFontWeightsDiffer(t *testing.T) {
	if bytes.Equal(assets.Font(false), assets.Font(true)) {
		t.Error("regular and bold are the same file")
	}
	regular, bold := parse(t, false).Describe(), parse(t, true).Describe()
	if regular.Aspect.Weight >= bold.Aspect.Weight {
		t.Errorf("weights: regular %v, bold %v", regular.Aspect.Weight, bold.Aspect.Weight)
	}
	if regular.Family != bold.Family {
		t.Errorf("families: regular %q, bold %q", regular.Family, bold.Family)
	}
}

package assets_test

import (
	"bytes"
	"testing"

	"github.com/go-text/typesetting/font"

	"yomitori/assets"
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

package checks

import (
	"slices"
	"strings"
)

// MessageOf recognises what a page said in what a user typed or pasted. Of
// several it is the first in the table. What is not in the table stays unknown,
// however much it resembles something (facts/os-browser.md 6.4). The name of a
// message, alone, is one as well.
func MessageOf(said string) (Message, bool) {
	if m := Message(strings.ToLower(strings.TrimSpace(said))); m != "" && row(m).id == m {
		return m, true
	}
	text := sayingOf(said)
	for _, m := range messages {
		for _, s := range m.spellings {
			if text.holds(sayingOf(s)) {
				return m.id, true
			}
		}
	}
	return "", false
}

// LooksLikePIN reports whether somebody may have typed a PIN where a message was
// asked for: four digits and nothing else.
func LooksLikePIN(said string) bool {
	text := sayingOf(said)
	return len(text.letters) == 4 && !slices.ContainsFunc(text.letters, func(r rune) bool { return r < '0' || r > '9' })
}

// saying is a text of which only letters and digits are left, in one width and
// case. gap[i] says that something else stood before letters[i].
type saying struct {
	letters []rune
	gap     []bool
}

func sayingOf(s string) saying {
	var t saying
	gap := false
	for _, r := range s {
		r = fold(r)
		if n := len(t.letters); n > 0 && !gap && voices(r) > 0 {
			t.letters[n-1] = voiced(t.letters[n-1], voices(r))
			continue
		}
		if !isLatin(r) && !isJapanese(r) {
			gap = true
			continue
		}
		t.letters, t.gap = append(t.letters, r), append(t.gap, gap)
		gap = false
	}
	return t
}

// narrow are the kana of half width from '｡' on, in full width.
var narrow = []rune("。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜")

// voices says what a mark makes of the kana before it: 1 voiced, 2 half-voiced, 0
// nothing.
func voices(r rune) rune {
	switch r {
	case '゛', '\u3099':
		return 1
	case '゜', '\u309A':
		return 2
	}
	return 0
}

// voiced is a kana with such a mark: the next but one in Unicode at most.
func voiced(kana, by rune) rune {
	switch {
	case kana == 'ウ' && by == 1:
		return 'ヴ'
	case strings.ContainsRune("ハヒフヘホはひふへほ", kana), by == 1 && strings.ContainsRune("カキクケコサシスセソタチツテトかきくけこさしすせそたちつてと", kana):
		return kana + by
	}
	return kana
}

// fold makes letters and digits of full width narrow, kana of half width wide, and
// capitals small.
func fold(r rune) rune {
	if i := int(r - '｡'); i >= 0 && i < len(narrow) {
		return narrow[i]
	}
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	return r
}

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// isJapanese is true of kana and kanji. The mark of a long vowel is left out:
// one writes ユーザ, another ユーザー.
func isJapanese(r rune) bool { return r >= 'ぁ' && r < '\uFF00' && r != '・' && r != 'ー' }

// holds reports whether a text holds a spelling. A Latin letter or digit at its
// edge must be at the edge of a word there: HUB00021 is not HUB0002. Blanks and
// hyphens within do not matter.
func (t saying) holds(s saying) bool {
	n := len(s.letters)
	for i := 0; i+n <= len(t.letters); i++ {
		if string(t.letters[i:i+n]) == string(s.letters) && t.isEdge(i) && t.isEdge(i+n) {
			return true
		}
	}
	return false
}

func (t saying) isEdge(i int) bool {
	return i == 0 || i == len(t.letters) || t.gap[i] || !isLatin(t.letters[i-1]) || !isLatin(t.letters[i])
}

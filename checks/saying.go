package checks

// MessageOf recognises what a page said in what a user typed or pasted. Of
// several it is the first in the table. What is not in the table stays unknown,
// however much it resembles something (facts/os-browser.md 6.4).
func MessageOf(said string) (Message, bool) {
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
		if !isLatin(r) && !isJapanese(r) {
			gap = true
			continue
		}
		t.letters, t.gap = append(t.letters, r), append(t.gap, gap)
		gap = false
	}
	return t
}

// fold makes letters and digits of full width narrow, and capitals small.
func fold(r rune) rune {
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

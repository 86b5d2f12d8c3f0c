package articles

import "strings"

// The syllables of romaji by their consonants, in the order a i u e o. Both ways of
// writing are read: "si" and "shi", "tu" and "tsu".
var rows = map[string]string{
	"": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さしすせそ", "z": "ざじずぜぞ", "j": "じじじじじ",
	"t": "たちつてと", "d": "だぢづでど", "n": "なにぬねの", "h": "はひふへほ", "f": "ふふふふふ", "b": "ばびぶべぼ",
	"p": "ぱぴぷぺぽ", "m": "まみむめも", "r": "らりるれろ", "l": "らりるれろ", "sh": "ししししし", "ch": "ちちちちち", "ts": "つつつつつ",
	"v": "ゔゔゔゔゔ",
}

// small are the vowels that follow another: "kya" is き and a small や.
var (
	smallY = map[byte]string{'a': "ゃ", 'u': "ゅ", 'o': "ょ", 'e': "ぇ", 'i': "ぃ"}
	smallV = map[byte]string{'a': "ぁ", 'i': "ぃ", 'u': "ぅ", 'e': "ぇ", 'o': "ぉ"}
)

const vowels = "aiueo"

// romaji reads what was typed, folded, as romaji: letters, and digits before or after
// them, which stay.
func romaji(folded string) (hiragana string, ok bool) {
	if !isASCII(folded) {
		return "", false
	}
	letters := strings.Trim(folded, digits)
	before, after, _ := strings.Cut(folded, letters)
	hiragana, ok = kana(letters)
	return before + hiragana + after, ok && letters != ""
}

const digits = "0123456789"

// kana reads a text of Latin letters as romaji; ok is false where it is none.
func kana(s string) (hiragana string, ok bool) {
	var b strings.Builder
	for s != "" {
		n, k := syllable(s)
		if n == 0 {
			return "", false
		}
		b.WriteString(k)
		s = s[n:]
	}
	return b.String(), true
}

// syllable reads the first syllable and tells how many letters it takes.
func syllable(s string) (n int, k string) {
	switch {
	case len(s) > 1 && s[0] == s[1] && strings.IndexByte(vowels+"n", s[0]) < 0, strings.HasPrefix(s, "tch"):
		return 1, "っ"
	case s[0] == 'n' && (len(s) == 1 || strings.IndexByte(vowels+"y", s[1]) < 0):
		return 1, "ん"
	}
	at := strings.IndexAny(s, vowels)
	if at < 0 || at > 3 {
		return 0, ""
	}
	return at + 1, read(s[:at], s[at])
}

// read writes a consonant and a vowel in kana.
func read(consonant string, vowel byte) string {
	nth := strings.IndexByte(vowels, vowel)
	row := func(name string, i int) string { return string([]rune(rows[name])[i]) }
	base, glides := strings.CutSuffix(consonant, "y")
	switch {
	case consonant == "y":
		return map[byte]string{'a': "や", 'u': "ゆ", 'o': "よ", 'e': "いぇ", 'i': "い"}[vowel]
	case consonant == "w":
		return map[byte]string{'a': "わ", 'i': "うぃ", 'u': "う", 'e': "うぇ", 'o': "を"}[vowel]
	case glides && rows[base] != "":
		return row(base, 1) + smallY[vowel]
	case (consonant == "sh" || consonant == "ch" || consonant == "j") && vowel != 'i':
		return row(consonant, 0) + smallY[vowel]
	case (consonant == "f" || consonant == "v" || consonant == "ts") && vowel != 'u':
		return row(consonant, 0) + smallV[vowel]
	case rows[consonant] != "":
		return row(consonant, nth)
	}
	return consonant + string(vowel)
}

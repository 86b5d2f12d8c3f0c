package words

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// Message is what the page said.
func Message(t assets.Texts, m checks.Message) string { return name(t, "message.", string(m)) }

// When names the moment at which the page said it.
func When(t assets.Texts, m checks.Moment) string { return name(t, "moment.", string(m)) }

// Elsewhere says that what the page said has its cause outside this computer, and
// whom to ask, or is "".
func Elsewhere(t assets.Texts, told checks.Told) string {
	if !told.Message.Elsewhere() {
		return ""
	}
	key := "told.elsewhere"
	switch own := key + "." + string(told.Message); {
	case told.Message.OnPhone():
		key += ".phone"
	case t.Has(own):
		key = own
	}
	return t.Text(key)
}

// NotHere says that the cause of what the user told was not seen on this computer.
func NotHere(t assets.Texts, d checks.Diagnosis) string {
	if d.Told.Message == "" && !d.Told.Unrecognised {
		return t.Text("told.not-here.moment")
	}
	return t.Text("told.not-here.message")
}

// Try says what to try where the cause of a failure was not seen.
func Try(t assets.Texts, d checks.Diagnosis) []string {
	var all []string
	for _, h := range d.Try() {
		all = append(all, t.Text("try."+string(h)))
	}
	return all
}

// Next parts what to see to after the cause: what was seen, and what only the
// user's words speak for.
func Next(problems []*checks.Finding) (seen, told []*checks.Finding) {
	i := slices.IndexFunc(problems, func(f *checks.Finding) bool { return f.Evidence.Told })
	if i < 0 {
		return problems, nil
	}
	return problems[:i], problems[i:]
}

// NoMatter reports whether a finding says only that a check does not matter for
// the purpose.
func NoMatter(f checks.Finding) bool {
	return f.Status == checks.Skipped && f.Evidence.Purpose != "" && f.Evidence.Purpose != checks.Any
}

// NotSeen reports whether a finding says that nobody could look. That revocation
// cannot be known is a notice, since it is true of every card.
func NotSeen(f checks.Finding) bool {
	return f.Status == checks.Unknown || f.Status == checks.Notice && f.ID == checks.RevocationCannotKnow
}

// NotAsked reports whether a finding says that nobody asked over the internet yet.
func NotAsked(f checks.Finding) bool {
	return f.Status != checks.Skipped && slices.Contains(f.Evidence.Conditions, checks.NotAsked)
}

// Told repeats in a line what the user told, or is "" when that is nothing. What
// they gave as the text of a page is repeated where it is not known.
func Told(t assets.Texts, told checks.Told, said string) string {
	said = strings.TrimSpace(platform.Printable(said, platform.LongestText))
	var all, card []string
	switch {
	case told.Message != "":
		all = append(all, t.Text("told.message", assets.Args{"message": Message(t, told.Message)}))
	case told.Unrecognised && said != "":
		all = append(all, t.Text("told.unrecognised.text", assets.Args{"message": said}))
	case told.Unrecognised:
		all = append(all, t.Text("told.unrecognised"))
	}
	if told.Moment != "" {
		all = append(all, t.Text("told.moment", assets.Args{"moment": inside(When(t, told.Moment))}))
	}
	for _, q := range []struct {
		about  string
		answer checks.Answer
	}{{"moved", told.Moved}, {"renamed", told.Renamed}, {"lost", told.Lost}} {
		if q.answer != "" {
			card = append(card, t.Text("told."+q.about+"."+string(q.answer)))
		}
	}
	if len(card) > 0 {
		all = append(all, t.Text("told.card", assets.Args{"card": list(t, card)}))
	}
	return strings.Join(all, " / ")
}

// inside makes a sentence begin as it does within another one.
func inside(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}

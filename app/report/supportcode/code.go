package supportcode

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"yomitori/checks"
)

// Errors of Decode. Each has a sentence of its own.
var (
	ErrNotDigits = errors.New("a code holds digits only")
	ErrLength    = errors.New("a code of this length does not exist")
	ErrCheck     = errors.New("a digit is wrong, or two were swapped")
	ErrNewer     = errors.New("a newer program made this code")
	ErrNonsense  = errors.New("the code holds what no program wrote")
)

// Why names the error of Decode that err wraps, or is "". The sentences for people are
// chosen by it.
func Why(err error) string {
	for _, e := range []struct {
		is   error
		name string
	}{
		{ErrNotDigits, "not-digits"}, {ErrLength, "length"}, {ErrCheck, "check"}, {ErrNewer, "newer"}, {ErrNonsense, "nonsense"},
	} {
		if errors.Is(err, e.is) {
			return e.name
		}
	}
	return ""
}

// format is the version that this program writes.
const format = 1

// Bounds of a code, in digits.
const (
	group   = 4
	fewest  = 3 * group
	most    = 40 * group
	digits  = "0123456789"
	modulus = 97
)

// How many values a part may have in format 1. They leave room for what is to come.
var (
	versionRadix = [3]int{8, 64, 32}
	radix        = struct{ system, purpose, kind, reader, days, added int }{8, 8, 32, 16, 8, 64}
)

// first is how many findings the first version knew; codes tell how many came since.
const first = 85

// What a status is likely to be, in the order of statuses: of the findings that stand
// for a whole check, and of all others.
var (
	likelyOK    = model{6, 16, 1, 1, 5, 9}
	likelyOther = model{90, 1, 2, 2, 2, 4}
)

func likely(id checks.ID) model {
	if strings.HasSuffix(string(id), ".ok") {
		return likelyOK
	}
	return likelyOther
}

// Encode writes a code in groups of four digits.
func (s Summary) Encode() string {
	var x numeral
	// In reverse, since what is put in last is taken out first.
	put := func(n, value int) { evenly(n).put(&x, max(0, value)) }
	numbered := findings[:min(len(findings), first+radix.added-1)] // others are left out
	problems := s.problems(numbered)
	put(len(problems)+1, 1+slices.Index(problems, s.Cause))
	for _, id := range slices.Backward(numbered) {
		likely(id).put(&x, max(0, slices.Index(statuses, s.Statuses[id])))
	}
	put(radix.added, len(numbered)-first)
	put(radix.days, int(s.Days))
	put(radix.reader, slices.Index(readers, s.Reader))
	put(radix.kind, slices.Index(kinds, s.Kind))
	put(radix.purpose, slices.Index(purposes, s.Purpose))
	put(radix.system, slices.Index(systems, s.OS))
	for i := range slices.Backward(versionRadix[:]) {
		put(versionRadix[i], s.Version[i])
	}
	return grouped(x.n.String())
}

// grouped adds the version of the format, and the check digits.
func grouped(payload string) string {
	for 1+len(payload)+2 < fewest || (1+len(payload)+2)%group != 0 {
		payload = "0" + payload
	}
	number := fmt.Sprint(format) + payload
	number += fmt.Sprintf("%02d", checkDigits(number))
	var groups []string
	for ; number != ""; number = number[group:] {
		groups = append(groups, number[:group])
	}
	return strings.Join(groups, " ")
}

// checkDigits are those of ISO 7064, MOD 97-10.
func checkDigits(number string) int64 {
	return modulus + 1 - remainder(number+"00")
}

func remainder(number string) int64 {
	n, _ := new(big.Int).SetString(number, 10) // it holds digits only
	return n.Mod(n, big.NewInt(modulus)).Int64()
}

// Decode reads a code as people write it: digits of any width, with blanks or
// hyphens between groups. Errors wrap one of those above.
func Decode(text string) (Summary, error) {
	number, err := bare(text)
	if err != nil {
		return Summary{}, err
	}
	payload := number[1 : len(number)-2]
	var x numeral
	x.n.SetString(payload, 10)
	s, err := taken(&x)
	if err != nil {
		return Summary{}, err
	}
	return s, nil
}

// bare is a code without what stands between its digits, if it can be one.
func bare(text string) (string, error) {
	var number strings.Builder
	for _, r := range norm.NFKC.String(text) {
		switch {
		case strings.ContainsRune(digits, r):
			number.WriteRune(r)
		case strings.ContainsRune(" \t\r\n-‐‑–—ー−、。,.", r):
		default:
			return "", fmt.Errorf("read support code: %w", ErrNotDigits)
		}
	}
	n := number.String()
	switch {
	case len(n) < fewest, len(n) > most, len(n)%group != 0:
		return "", fmt.Errorf("read support code of %d digits: %w", len(n), ErrLength)
	case remainder(n) != 1:
		return "", fmt.Errorf("read support code: %w", ErrCheck)
	case n[0] != digits[format]:
		return "", fmt.Errorf("read support code of format %c: %w", n[0], ErrNewer)
	}
	return n, nil
}

// taken takes a summary out of a number.
func taken(x *numeral) (Summary, error) {
	s := Summary{Statuses: map[checks.ID]checks.Status{}}
	take := func(n int) int { return evenly(n).take(x) }
	for i, n := range versionRadix {
		s.Version[i] = take(n)
	}
	system, purpose, kind := take(radix.system), take(radix.purpose), take(radix.kind)
	reader, days, count := take(radix.reader), take(radix.days), first+take(radix.added)
	switch {
	case count > len(findings), kind >= len(kinds), purpose >= len(purposes), system >= len(systems), reader >= len(readers):
		return s, fmt.Errorf("read support code: %w", ErrNewer)
	case days >= int(daysCount):
		return s, fmt.Errorf("read support code: %w", ErrNonsense)
	}
	s.OS, s.Purpose, s.Kind, s.Reader, s.Days = systems[system], purposes[purpose], kinds[kind], readers[reader], Days(days)
	for _, id := range findings[:count] {
		if v := likely(id).take(x); v > 0 {
			s.Statuses[id] = statuses[v]
		}
	}
	problems := s.problems(findings[:count])
	if cause := take(len(problems) + 1); cause > 0 {
		s.Cause = problems[cause-1]
	}
	if !x.empty() {
		return s, fmt.Errorf("read support code: %w", ErrNonsense)
	}
	return s, nil
}

// problems are those of some findings that may be the cause.
func (s Summary) problems(of []checks.ID) []checks.ID {
	return slices.DeleteFunc(slices.Clone(of), func(id checks.ID) bool { return s.Statuses[id] != checks.Problem })
}

// Equal reports whether two summaries are the same.
func (s Summary) Equal(o Summary) bool {
	return s.Version == o.Version && s.OS == o.OS && s.Purpose == o.Purpose && s.Kind == o.Kind && s.Reader == o.Reader &&
		s.Days == o.Days && s.Cause == o.Cause && maps.Equal(s.Statuses, o.Statuses)
}

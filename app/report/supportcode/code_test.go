package supportcode_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yomitori/app/report/supportcode"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

var (
	statuses = []checks.Status{checks.OK, checks.Notice, checks.Problem, checks.Unknown, checks.Skipped}
	systems  = []string{"", "windows", "darwin", "linux"}
	readers  = []supportcode.Reader{supportcode.NoReader, "plain", "built-in-nfc", "virtual", "token"}
	kinds    = []platform.Kind{"", platform.KindMyNumber, platform.KindHPKI, platform.KindFeliCa, platform.KindUnknown}
)

// summaries generates what a code may hold.
func summaries() *rapid.Generator[supportcode.Summary] {
	return rapid.Custom(func(t *rapid.T) supportcode.Summary {
		s := supportcode.Summary{
			Version:  [3]int{rapid.IntRange(0, 7).Draw(t, "major"), rapid.IntRange(0, 63).Draw(t, "minor"), rapid.IntRange(0, 31).Draw(t, "patch")},
			OS:       rapid.SampledFrom(systems).Draw(t, "os"),
			Purpose:  rapid.SampledFrom(checks.Purposes).Draw(t, "purpose"),
			Kind:     rapid.SampledFrom(kinds).Draw(t, "kind"),
			Reader:   rapid.SampledFrom(readers).Draw(t, "reader"),
			Days:     supportcode.Days(rapid.IntRange(0, 6).Draw(t, "days")),
			Statuses: map[checks.ID]checks.Status{},
		}
		for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom(checks.IDs()), 0, 40, rapid.ID).Draw(t, "ids") {
			s.Statuses[id] = rapid.SampledFrom(statuses).Draw(t, "status")
			if s.Statuses[id] == checks.Problem && rapid.Bool().Draw(t, "cause") {
				s.Cause = id
			}
		}
		return s
	})
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := summaries().Draw(t, "summary")
		got, err := supportcode.Decode(s.Encode())
		if err != nil || !got.Equal(s) {
			t.Fatalf("%s: got %+v, %v; want %+v", s.Encode(), got, err, s)
		}
	})
}

// Every finding has its number.
func TestEveryFindingHasANumber(t *testing.T) {
	for _, id := range checks.IDs() {
		s := supportcode.Summary{Purpose: checks.Any, Statuses: map[checks.ID]checks.Status{id: checks.Problem}, Cause: id}
		if got, err := supportcode.Decode(s.Encode()); err != nil || !got.Equal(s) {
			t.Errorf("%s: got %+v, %v", id, got, err)
		}
	}
}

// One wrong digit and two swapped neighbours are always noticed, however long the
// code is.
func TestSlipsAreNoticed(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		code := randomSummary(random).Encode()
		digits := []byte(strings.ReplaceAll(code, " ", ""))
		at := random.IntN(len(digits))
		for d := byte('0'); d <= '9'; d++ {
			if d != digits[at] {
				noticed(t, code, changed(digits, at, d))
			}
		}
		for i := range len(digits) - 1 {
			if digits[i] != digits[i+1] {
				swapped := changed(digits, i, digits[i+1])
				swapped[i+1] = digits[i]
				noticed(t, code, swapped)
			}
		}
	}
}

func changed(digits []byte, at int, to byte) []byte {
	c := []byte(string(digits))
	c[at] = to
	return c
}

func noticed(t *testing.T, code string, wrong []byte) {
	t.Helper()
	if _, err := supportcode.Decode(string(wrong)); !errors.Is(err, supportcode.ErrCheck) {
		t.Fatalf("%s misread as %s: %v", code, wrong, err)
	}
}

func randomSummary(random *rand.Rand) supportcode.Summary {
	ids := checks.IDs()
	s := supportcode.Summary{Purpose: checks.Purposes[random.IntN(len(checks.Purposes))], OS: systems[random.IntN(len(systems))], Statuses: map[checks.ID]checks.Status{}}
	for range random.IntN(30) {
		s.Statuses[ids[random.IntN(len(ids))]] = statuses[random.IntN(len(statuses))]
	}
	return s
}

func TestWhatPeopleWrite(t *testing.T) {
	s := supportcode.Summary{Version: [3]int{0, 1, 0}, OS: "windows", Purpose: checks.ETax, Statuses: map[checks.ID]checks.Status{checks.ReaderNone: checks.Problem}, Cause: checks.ReaderNone}
	code := s.Encode()
	for _, c := range []struct {
		name, text string
		want       error
	}{
		{"as it is", code, nil},
		{"without blanks", strings.ReplaceAll(code, " ", ""), nil},
		{"with hyphens", strings.ReplaceAll(code, " ", "-"), nil},
		{"in full width", strings.NewReplacer("0", "０", "1", "１", "2", "２", " ", "　").Replace(code), nil},
		{"nothing", "", supportcode.ErrLength},
		{"a group missing", code[5:], supportcode.ErrCheck},
		{"a letter", strings.Replace(code, "0", "O", 1), supportcode.ErrNotDigits},
		{"too long", strings.Repeat("1234", 50), supportcode.ErrLength},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := supportcode.Decode(c.text)
			if !errors.Is(err, c.want) || c.want == nil && !got.Equal(s) {
				t.Errorf("%q: got %+v, %v; want %v", c.text, got, err, c.want)
			}
		})
	}
}

// What the first version wrote stays readable.
func TestOldCodes(t *testing.T) {
	for code, want := range oldCodes {
		got, err := supportcode.Decode(code)
		if err != nil || !got.Equal(want) {
			t.Errorf("%s: got %+v, %v; want %+v", code, got, err, want)
		}
	}
}

// A code is short enough to be read over the telephone: nobody reads more than two
// digits a second.
func TestCodesOfPracticeComputersAreShort(t *testing.T) {
	for _, name := range practice.Names() {
		c, err := practice.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := platform.Observe(t.Context(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range checks.Purposes {
			d := checks.Diagnose(s, checks.Question{Purpose: p}, s.Taken)
			code := supportcode.Of(d, s, "0.1.0").Encode()
			if n := len(strings.ReplaceAll(code, " ", "")); n > 40 {
				t.Errorf("%s for %s: %d digits: %s", name, p, n, code)
			}
			if got, err := supportcode.Decode(code); err != nil || !got.Equal(supportcode.Of(d, s, "0.1.0")) {
				t.Errorf("%s for %s: %+v, %v", name, p, got, err)
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	for code := range oldCodes {
		f.Add(code)
	}
	f.Add("1000 0000 0000")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := supportcode.Decode(text)
		if err != nil {
			return
		}
		if again, err := supportcode.Decode(s.Encode()); err != nil || !again.Equal(s) {
			t.Errorf("%q: %+v becomes %+v, %v", text, s, again, err)
		}
	})
}

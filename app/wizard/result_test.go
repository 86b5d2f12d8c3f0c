package wizard

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// sceneOf is a page for a sample.
func sceneOf(name string, p page, purpose checks.Purpose) scene {
	s := sample(name)
	d := checks.Diagnose(s, checks.Question{Purpose: purpose}, sampleTime)
	return scene{t: assets.In(assets.Japanese), f: flow{page: p, seen: true, judged: judged{s, d}}, purpose: purpose}
}

func (v view) section(title string) []string {
	var texts []string
	for _, s := range v.sections {
		if s.title == title {
			for _, l := range s.lines {
				texts = append(texts, l.text)
			}
		}
	}
	return texts
}

func TestWhatCannotBeKnownWasNotFound(t *testing.T) {
	for _, name := range []string{"healthy", "last try", "hpki"} {
		sc := sceneOf(name, pageResult, checks.Any)
		v := sc.view()
		for _, f := range sc.f.d.Step(checks.StepRevocation) {
			title := words.Title(sc.t, f)
			if !slices.Contains(v.section("調べられなかったこと"), title) || slices.Contains(v.section("ほかに見つかったこと"), title) {
				t.Errorf("%s: %q stands in the wrong place: %+v", name, title, v.sections)
			}
		}
	}
}

func TestAttentionStandsAtTheTop(t *testing.T) {
	tests := []struct {
		sample string
		heed   bool
	}{
		{"healthy", false},
		{"last try", true},
		{"renew soon", true},
	}
	for _, tt := range tests {
		sc := sceneOf(tt.sample, pageResult, checks.Any)
		v := sc.view()
		if (len(v.heed) > 0) != tt.heed {
			t.Fatalf("%s: to heed: %+v", tt.sample, v.heed)
		}
		for _, l := range v.heed {
			what, ok := strings.CutPrefix(l.text, "注意: ")
			if !ok || l.more == "" {
				t.Errorf("%s: %+v", tt.sample, l)
			}
			for _, s := range v.sections {
				if slices.Contains(v.section(s.title), what) {
					t.Errorf("%s: %q stands below %q again", tt.sample, what, s.title)
				}
			}
		}
	}
}

func TestAttentionYieldsToTheCause(t *testing.T) {
	s := sample("last try")
	s.Cards.List[0].Pins.Auth = platform.Locked()
	sc := sceneOf("last try", pageResult, checks.Any)
	sc.f.d = checks.Diagnose(s, checks.Question{Purpose: checks.Any}, sampleTime)
	v := sc.view()
	if len(v.heed) > 0 {
		t.Errorf("to heed beside a cause: %+v", v.heed)
	}
	last := words.Title(sc.t, *sc.f.d.Find(checks.PinSignatureLastTry))
	if !slices.Contains(v.section("ほかに見つかったこと"), last) {
		t.Errorf("%q is lost: %+v", last, v.sections)
	}
}

func TestDetailsBeginWithProblems(t *testing.T) {
	sc := sceneOf("expired", pageResult, checks.ETax)
	var got []string
	for _, d := range sc.view().details {
		got = append(got, string(d.mark))
	}
	order := []string{"problem", "unknown", "notice", "ok"}
	if !slices.IsSortedFunc(got, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) }) || got[0] != "problem" {
		t.Errorf("details in the order %v", got)
	}
}

func TestHPKICertificatesAreShown(t *testing.T) {
	sc := sceneOf("hpki", pageCertificate, checks.HPKI)
	var got []string
	for _, f := range certificateFacts(sc) {
		got = append(got, f.label+": "+f.value)
	}
	for _, want := range []string{
		"電子証明書: " + sc.t.Text("role.hpki-auth"), "電子証明書: " + sc.t.Text("role.hpki-sign"), "電子証明書: " + sc.t.Text("role.hpki-ca"),
		"資格: 医師（Medical Doctor）", "有効期間のおわり: 2030年1月23日", "有効期間のおわり: 2030年1月24日", "HPKIの暗証番号: あと4回",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
}

func TestHCRole(t *testing.T) {
	tests := []struct {
		lang       assets.Lang
		role, want string
	}{
		{assets.Japanese, "Medical Doctor", "医師（Medical Doctor）"},
		{assets.Japanese, "Astronaut", "Astronaut"},
		{assets.Japanese, "", ""},
		{assets.English, "Medical Doctor", "Medical Doctor"},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, words.HCRole(assets.In(tt.lang), tt.role)); diff != "" {
			t.Errorf("%q in %s: %s", tt.role, tt.lang, diff)
		}
	}
}

func TestDrawingFollowsTheReader(t *testing.T) {
	tests := []struct {
		reader platform.Reader
		want   string
	}{
		{platform.Reader{Name: "A", Interface: platform.InterfaceContactless}, "card-touch"},
		{platform.Reader{Name: "A NFC", Interface: platform.InterfaceContact}, "card-insert"},
		{platform.Reader{Name: "A"}, "card-insert"},
		{platform.Reader{Name: "A", Model: "PaSoRi RC-S380"}, "card-touch"},
		{platform.Reader{Name: "A", Class: platform.ReaderBuiltNFC}, "card-touch"},
		{platform.Reader{Name: "A", Class: platform.ReaderVirtual, Interface: platform.InterfaceContactless}, "card-insert"},
	}
	for _, tt := range tests {
		sc := sceneOf("no card", pageCard, checks.Any)
		sc.f.s.Readers.List = []platform.Reader{tt.reader}
		if got := sc.view().drawing; got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.reader, got, tt.want)
		}
	}
}

func TestReaderFactsNameTheModel(t *testing.T) {
	sc := sceneOf("healthy", pageReader, checks.Any)
	want := []fact{{"カードリーダー", "SONY FeliCa RC-S300/P"}, {"カードリーダーの機種", "RC-S300"}}
	if diff := cmp.Diff(want, readerFacts(sc)[:2], cmp.AllowUnexported(fact{})); diff != "" {
		t.Error(diff)
	}
}

// What a Mac tells of its readers' drivers and of its software is listed with
// the kind of computer that each is for.
func TestMacFacts(t *testing.T) {
	sc := scene{t: assets.In(assets.English)}
	sc.f.s.System.Rosetta = platform.SwitchOff
	sc.f.s.Clients.List = []platform.Client{{Name: "JPKI", Version: "3.9", Arch: "amd64"}}
	sc.f.s.Drivers = platform.Drivers{
		AppleCCID: platform.SwitchOn, SystemReaders: []platform.SystemReader{{Name: "R", CardIn: true}},
		List: []platform.Driver{
			{Kind: platform.DriverReader, ID: "com.example.ezusb", Version: "2.1", Arch: "amd64"},
			{Kind: platform.DriverReader, Broken: true},
			{Kind: platform.DriverToken, ID: "com.apple.setoken"},
		},
	}
	want := []fact{
		{"Reader that macOS lists", "R, a card is in"},
		{"Common driver", "the one of macOS (Apple)"},
		{"Driver", "com.example.ezusb 2.1, 64-bit (x64)"},
		{"Driver", "broken"},
	}
	if diff := cmp.Diff(want, readerFacts(sc), cmp.AllowUnexported(fact{})); diff != "" {
		t.Errorf("reader (-want +got):\n%s", diff)
	}
	want = []fact{{"Official software", "JPKI 3.9, 64-bit (x64)"}, {"Rosetta", "not installed"}}
	if diff := cmp.Diff(want, browserFacts(sc), cmp.AllowUnexported(fact{})); diff != "" {
		t.Errorf("browser (-want +got):\n%s", diff)
	}
}

// What is left after the cause stands in the order in which to act on it, and
// nowhere else.
func TestNextProblemsStandInTheirOrder(t *testing.T) {
	s := sample("locked")
	s.Browsers.List = nil
	sc := sceneOf("locked", pageResult, checks.ETax)
	sc.f.judged = judge(s, checks.Question{Purpose: checks.ETax})
	if len(sc.f.d.Next) == 0 {
		t.Fatalf("only one problem: %+v", sc.f.d.Cause)
	}
	var want []string
	for i, f := range sc.f.d.Next {
		want = append(want, numbered(i, words.Title(sc.t, *f)))
	}
	v := sc.view()
	if diff := cmp.Diff(want, v.section("次に直すこと")); diff != "" || v.sections[0].title != "次に直すこと" {
		t.Errorf("sections %+v, next (-want +got):\n%s", v.sections, diff)
	}
	for _, text := range v.section("ほかに見つかったこと") {
		if slices.Contains(want, text) {
			t.Errorf("%q stands there twice", text)
		}
	}
}

// practised is what there is to see of a practice computer.
func practised(t *testing.T, name string) platform.Snapshot {
	t.Helper()
	c, err := practice.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := platform.Observe(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What only the user's words speak for is a possible cause, has no cross, and
// stands behind what was seen.
func TestGuessesAreMarkedAsSuch(t *testing.T) {
	s := practised(t, "pin-locked")
	told := checks.Told{Message: checks.MessageAlreadyRunning}
	sc := sceneOf("locked", pageResult, checks.ETax)
	sc.f.judged = judge(s, checks.Question{Purpose: checks.ETax, Told: told})
	v := sc.view()
	guess := v.section("それでもうまくいかないとき")
	if v.mark != markProblem || strings.Contains(v.heading, "考えられる") || len(guess) != 1 || !strings.HasPrefix(guess[0], "1. ") {
		t.Errorf("%s %q, guesses %q", v.mark, v.heading, guess)
	}
	sc = sceneOf("healthy", pageResult, checks.ETax)
	sc.f.judged = judge(practised(t, "healthy"), checks.Question{Purpose: checks.ETax, Told: told})
	if v := sc.view(); v.mark != markNotice || !strings.HasPrefix(v.heading, "考えられる原因: ") {
		t.Errorf("%s %q", v.mark, v.heading)
	}
}

// Nobody who says that something fails gets a green mark, and each moment has its
// own list.
func TestResultOfWhatFails(t *testing.T) {
	seen := map[string]checks.Moment{}
	healthy := practised(t, "healthy")
	for _, m := range checks.Moments {
		sc := sceneOf("healthy", pageResult, checks.Mynaportal)
		sc.f.judged = judge(healthy, checks.Question{Purpose: checks.Mynaportal, Told: checks.Told{Moment: m}})
		v := sc.view()
		tries := ""
		for _, l := range v.try.lines {
			tries += l.text
		}
		if v.mark != markUnknown || v.heading != sc.t.Text("told.not-here.moment") || tries == "" {
			t.Errorf("%s: %s %q %q", m, v.mark, v.heading, tries)
		}
		if other, ok := seen[tries]; ok {
			t.Errorf("%s and %s: %s", m, other, tries)
		}
		seen[tries] = m
	}
}

// What cannot be known has one mark on every page.
func TestRevocationHasOneMark(t *testing.T) {
	for _, p := range []page{pageExpiry, pageResult} {
		sc := sceneOf("healthy", p, checks.ETax)
		title := words.Title(sc.t, *sc.f.d.Find(checks.RevocationCannotKnow))
		v := sc.view()
		lines := v.also
		for _, s := range v.sections {
			lines = append(lines, s.lines...)
		}
		for _, d := range v.details {
			lines = append(lines, line{mark: d.mark, text: d.title})
		}
		found := 0
		for _, l := range lines {
			if l.text == title {
				found++
				if l.mark != markUnknown {
					t.Errorf("%s: %s", p, l.mark)
				}
			}
		}
		if found < 2 {
			t.Errorf("%s: %q stands there %d times", p, title, found)
		}
	}
}

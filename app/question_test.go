package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/app"
	"yomitori/app/wizard"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// answer is what of the JSON depends on the question.
type answer struct {
	Told  map[string]any
	Cause *string
	Next  []string
}

func answerOf(t *testing.T, o outcome) answer {
	t.Helper()
	var a answer
	if err := json.Unmarshal([]byte(o.stdout), &a); err != nil {
		t.Fatalf("%v in %s%s", err, o.stdout, o.stderr)
	}
	return a
}

func TestTold(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want map[string]any
	}{
		{"nothing", nil, map[string]any{}},
		{"a code", []string{"--message", "hub0002"}, map[string]any{"message": "hub0002"}},
		{"a code of full width in a sentence", []string{"--message", "エラー（ＨＵＢ０００２）"}, map[string]any{"message": "hub0002"}},
		{"a moment", []string{"--moment", "send"}, map[string]any{"moment": "send"}},
		{"a moment in capitals", []string{"--moment", "LOGIN"}, map[string]any{"moment": "login"}},
		{"a message by its name", []string{"--message", "Mynaportal-Disabled"}, map[string]any{"message": "mynaportal-disabled"}},
		{"answers in words", []string{"--moved=no", "--renamed=YES", "--lost=No"}, map[string]any{"moved": "no", "renamed": "yes", "lost": "no"}},
		{"yes", []string{"--moved", "--renamed", "--lost"}, map[string]any{"moved": "yes", "renamed": "yes", "lost": "yes"}},
		{"no", []string{"--moved=false", "--renamed=false", "--lost=false"}, map[string]any{"moved": "no", "renamed": "no", "lost": "no"}},
		{"everything", []string{"--message=HUB0002", "--moment=pin", "--moved", "--lost=false"}, map[string]any{"message": "hub0002", "moment": "pin", "moved": "yes", "lost": "no"}},
		{"a code that nobody knows", []string{"--message", "HUB9999"}, map[string]any{"unrecognised": true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, command := range [][]string{{"check", "--json"}, {"practice", "healthy", "--json"}} {
				got := answerOf(t, run(t, "healthy", append(command, tt.args...)...))
				if diff := cmp.Diff(tt.want, got.Told); diff != "" {
					t.Errorf("%v (-want +got):\n%s", command, diff)
				}
			}
		})
	}
}

func TestMomentsCanBeTold(t *testing.T) {
	for _, m := range checks.Moments {
		if got := run(t, "healthy", "check", "--moment", string(m)); got.code != 2 || got.stderr != "" {
			t.Errorf("%s: exit %d, %s", m, got.code, got.stderr)
		}
	}
	got := run(t, "healthy", "check", "--moment", "later")
	for _, m := range checks.Moments {
		if !strings.Contains(got.stderr, string(m)) {
			t.Errorf("%q does not name %s", got.stderr, m)
		}
	}
}

// An unknown message is said to be unknown, in one sentence. It orders nothing,
// and nothing is called well that fails.
func TestUnknownMessage(t *testing.T) {
	for _, lang := range []string{"ja", "en"} {
		for _, computer := range []string{"healthy", "no-reader"} {
			want := run(t, computer, "check", "--lang", lang)
			got := run(t, computer, "check", "--lang", lang, "--message", "some text that nobody knows")
			if strings.Count(got.stderr, "\n") != 1 || strings.Contains(got.stderr, "console.") {
				t.Errorf("said: %q", got.stderr)
			}
			code := want.code
			if code == 0 {
				code = 2 // something fails, and the cause was not seen
			}
			if got.code != code || strings.Count(got.stdout, "nobody knows") != 1 {
				t.Errorf("exit %d, want %d; printed:\n%s", got.code, code, got.stdout)
			}
			if json := run(t, computer, "check", "--json", "--unmasked", "--message", "some text that nobody knows"); strings.Contains(json.stdout+json.stderr, "nobody knows") {
				t.Errorf("what may hold anything is in the JSON or among the errors:\n%s%s", json.stdout, json.stderr)
			}
		}
	}
}

// twoProblems is a computer with two problems that are independent: of the
// browser's extension, and of the PIN.
func twoProblems(t *testing.T) platform.Computer {
	t.Helper()
	s := snapshotOf(t, "extension-off")
	s.Cards.List[0].Pins.Auth = platform.Locked()
	return practice.New(s)
}

func TestWhatIsToldOrdersTheProblems(t *testing.T) {
	const pin, extension = "pin.auth-locked", "extension.off"
	tests := []struct {
		name string
		args []string
		want []string
	}{
		{"nothing told", nil, []string{pin, extension}},
		{"the page names the extension", []string{"--message", "マイナポータルが無効になりました"}, []string{extension, pin}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			args := slices.Concat([]string{"check", "--for", "mynaportal"}, tt.args)
			a := answerOf(t, runOn(t, twoProblems(t), append(slices.Clone(args), "--json")...))
			if a.Cause == nil {
				t.Fatal("no cause")
			}
			if diff := cmp.Diff(tt.want, append([]string{*a.Cause}, a.Next...)); diff != "" {
				t.Errorf("cause and next (-want +got):\n%s", diff)
			}
			wantOrder(t, runOn(t, twoProblems(t), args...).stdout, tt.want)
		})
	}
	if a := answerOf(t, run(t, "healthy", "check", "--json")); a.Next == nil || len(a.Next) > 0 {
		t.Errorf("next of a healthy computer: %v", a.Next)
	}
}

// wantOrder wants the problems in the text in their order, the cause first, and
// each piece of advice said once.
func wantOrder(t *testing.T, text string, ids []string) {
	t.Helper()
	advice := map[string]string{"pin.auth-locked": "窓口", "extension.off": "edge://extensions"}
	at := strings.Index(text, "原因:")
	for i, id := range ids {
		key := "次に直すこと:"
		if i == 0 {
			key = "原因:"
		}
		title := strings.Index(text, key)
		said := strings.Index(text, advice[id])
		if title < at || said < title || strings.Count(text, advice[id]) != 1 {
			t.Errorf("%s, below %q: at %d and %d, %d times:\n%s", id, key, title, said, strings.Count(text, advice[id]), text)
		}
		at = said
	}
	if steps := strings.Index(text, "✓ カードリーダー"); steps < at {
		t.Errorf("the steps come before:\n%s", text)
	}
}

func TestTextRepeatsWhatWasTold(t *testing.T) {
	got := run(t, "healthy", "check", "--message", "hub0002", "--moment", "send", "--moved", "--lost=false").stdout
	ja := assets.In(assets.Japanese)
	for _, part := range []string{"「HUB0002」", ja.Text("moment.send"), ja.Text("told.moved.yes"), ja.Text("told.lost.no")} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is not in:\n%s", part, got)
		}
	}
	for _, key := range []string{"told.renamed.yes", "told.renamed.no"} {
		if strings.Contains(got, ja.Text(key)) {
			t.Errorf("says what nobody told: %s", got)
		}
	}
	elsewhere := run(t, "hpki-healthy", "check", "--for", "hpki", "--message", "証明書のユーザが無効").stdout
	if !strings.Contains(elsewhere, "サービスに登録した内容") {
		t.Errorf("the cause is elsewhere, and nobody says so:\n%s", elsewhere)
	}
}

// The window begins with what was told on the command line.
func TestWindowIsTold(t *testing.T) {
	var got wizard.Options
	code := app.Env{
		Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}, Getenv: func(string) string { return "" }, Display: true,
		OpenWindow: func(_ context.Context, o wizard.Options) error { got = o; return nil },
	}.Run(t.Context(), []string{"practice", "healthy", "--message", "HUB0002", "--moved=false"})
	if want := (checks.Told{Message: checks.MessageHUB0002, Moved: checks.No}); code != 0 || got.Told != want || got.Said != "HUB0002" {
		t.Errorf("exit %d, told %+v, want %+v, said %q", code, got.Told, want, got.Said)
	}
}

// networked is a computer on which asking shows in the next look.
type networked struct {
	shots  story
	asked  []platform.Software
	looked int // how often it was looked at before it was asked
}

func (n *networked) Ask(of platform.Software) { n.asked = append(n.asked, of) }

func (n *networked) Follow(ctx context.Context, report func(platform.Snapshot)) error {
	if len(n.asked) == 0 {
		n.looked++
		return n.shots.Follow(ctx, func(s platform.Snapshot) {
			s.Online = platform.Online{Look: platform.NotAsked()}
			report(s)
		})
	}
	s := n.shots[len(n.shots)-1]
	s.Online = platform.Online{}
	report(s) // the answer is on its way
	s.Online = platform.Online{Look: platform.Seen(), Sites: []platform.SiteAnswer{{Look: platform.Seen(), Host: "example.jp"}}}
	report(s)
	return nil
}

func TestOnline(t *testing.T) {
	tests := []struct {
		purpose checks.Purpose
		want    platform.Software
	}{
		{checks.ETax, platform.SoftwareETax},
		{checks.Mynaportal, platform.SoftwareMynaportal},
		{checks.HPKI, platform.SoftwareHPKI},
		{checks.Any, platform.SoftwareNone},
	}
	for _, tt := range tests {
		t.Run(string(tt.purpose), func(t *testing.T) {
			c := &networked{shots: story{snapshotOf(t, "healthy")}}
			got := runOn(t, c, "check", "--for", string(tt.purpose), "--online", "--json")
			if diff := cmp.Diff([]platform.Software{tt.want}, c.asked); diff != "" {
				t.Errorf("asked (-want +got):\n%s", diff)
			}
			if !strings.Contains(got.stdout, "example.jp") || got.stderr != "" {
				t.Errorf("exit %d, the answer is not in:\n%s%s", got.code, got.stdout, got.stderr)
			}
		})
	}
}

func TestNobodyAsksByItself(t *testing.T) {
	for _, args := range [][]string{{"check"}, {"check", "--wait=1ms"}, {"check", "--online=false"}, {}} {
		c := &networked{shots: story{snapshotOf(t, "healthy")}}
		runOn(t, c, args...)
		if len(c.asked) > 0 {
			t.Errorf("%v asked for %v", args, c.asked)
		}
	}
}

// First the reader and the card, then the internet.
func TestOnlineWaitsForTheCard(t *testing.T) {
	c := &networked{shots: story{snapshotOf(t, "no-card"), snapshotOf(t, "healthy")}}
	got := runOn(t, c, "check", "--online", "--wait", "1s", "--json")
	if len(c.asked) != 1 || c.looked == 0 || got.code != 0 {
		t.Errorf("exit %d, asked %v after %d looks", got.code, c.asked, c.looked)
	}
}

func TestOnlineWhereNobodyCanAsk(t *testing.T) {
	got := run(t, "healthy", "check", "--online")
	if got.code != 0 || strings.Count(got.stderr, "\n") != 1 || !strings.Contains(got.stdout, "問題は見つかりませんでした") {
		t.Errorf("exit %d, said %q, printed:\n%s", got.code, got.stderr, got.stdout)
	}
}

// A mistake in what is told is answered with how to write it.
func TestMistakesInWhatIsTold(t *testing.T) {
	tests := []struct {
		args []string
		says string
	}{
		{[]string{"check", "--moved=perhaps"}, "--moved=no"},
		{[]string{"check", "--moved", "no"}, "「--moved=no」と続けて"},
		{[]string{"practice", "healthy", "--lost", "Yes"}, "「--lost=Yes」と続けて"},
		{[]string{"check", "--message", " "}, "空です"},
		{[]string{"check", "--message", "1234"}, "暗証番号は入れないで"},
		{[]string{"practice", "healthy", "--message", "１２３４"}, "暗証番号は入れないで"},
		{[]string{"practice", "healthy", "--online"}, "yomitori check --online"},
	}
	for _, tt := range tests {
		got := run(t, "healthy", tt.args...)
		if got.code != 64 || !strings.Contains(got.stderr, tt.says) || strings.Contains(got.stderr, "234") {
			t.Errorf("%v: exit %d, %q, want %q", tt.args, got.code, got.stderr, tt.says)
		}
	}
}

// What was told is said once, and not again by the verdict below it.
func TestMessageFromElsewhereIsSaidOnce(t *testing.T) {
	got := run(t, "hpki-healthy", "check", "--for", "hpki", "--message", "認証用デバイスが未登録です")
	if got.code != 0 || strings.Count(got.stdout, "認証用デバイスが未登録です") != 1 || !strings.Contains(got.stdout, "認証局に") {
		t.Errorf("exit %d:\n%s", got.code, got.stdout)
	}
}

// The text gives the dates on which it rests; where to look them up is said to
// those who can.
func TestDatesInText(t *testing.T) {
	tests := []struct {
		args     []string
		has, not string
	}{
		{[]string{"practice", "hpki-revoked", "--for", "hpki", "--text"}, "失効した日: 2026年9月16日 / 認証局の示す理由: 新しいものへの取り替え / 認証局の情報の日時: 2026年11月16日 04:30\n", ""},
		{[]string{"practice", "hpki-not-revoked", "--for", "hpki", "--text"}, "    認証局の情報の日時: 2026年11月16日 04:30\n", "失効した日"},
		{[]string{"practice", "just-issued", "--text"}, "発行された日: 2026年11月16日\n", ""},
		{[]string{"practice", "hpki-healthy", "--for", "hpki", "--text"}, "まだ調べていません", "--online"},
	}
	for _, tt := range tests {
		if got := run(t, "healthy", tt.args...).stdout; !strings.Contains(got, tt.has) || tt.not != "" && strings.Contains(got, tt.not) {
			t.Errorf("%v: want %q and not %q:\n%s", tt.args, tt.has, tt.not, got)
		}
	}
	if got := run(t, "hpki-healthy", "check", "--for", "hpki").stdout; strings.Count(got, "--online") != 1 {
		t.Errorf("here it can be looked up:\n%s", got)
	}
}

// The window keeps the question of a saved report, and shows what was said to it.
func TestWindowKeepsTheQuestionOfAReport(t *testing.T) {
	before := saved(t, "expired", "before.yomitori", "--for", "hpki", "--moved=true")
	var got wizard.Options
	env := app.Env{
		Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}, Getenv: func(string) string { return "" }, Display: true,
		OpenWindow: func(_ context.Context, o wizard.Options) error { got = o; return nil },
	}
	code := env.Run(t.Context(), []string{"open", before, "--compare", before})
	if want := (checks.Told{Moved: checks.Yes}); code != 0 || got.Purpose != checks.HPKI || got.Told != want || got.Saved == nil || got.Compared == nil {
		t.Errorf("exit %d, purpose %q, told %+v, that day %v, compared %v", code, got.Purpose, got.Told, got.Saved, got.Compared)
	}
	if env.Run(t.Context(), []string{"open", before, "--for", "etax"}); got.Purpose != checks.ETax || got.Saved != nil {
		t.Errorf("another question: %q, that day %v", got.Purpose, got.Saved)
	}
}

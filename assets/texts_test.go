package assets_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// placeholders lists what a text leaves to be filled, sorted, each once.
func placeholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestLanguagesHaveTheSameKeys(t *testing.T) {
	ja, en := assets.In(assets.Japanese), assets.In(assets.English)
	if d := cmp.Diff(ja.Keys(), en.Keys()); d != "" {
		t.Errorf("keys (-ja +en):\n%s", d)
	}
}

func TestLanguagesHaveTheSamePlaceholders(t *testing.T) {
	ja, en := assets.In(assets.Japanese), assets.In(assets.English)
	for _, key := range ja.Keys() {
		if !en.Has(key) {
			continue // said above
		}
		if d := cmp.Diff(placeholders(ja.Text(key)), placeholders(en.Text(key))); d != "" {
			t.Errorf("%s: placeholders (-ja +en):\n%s", key, d)
		}
	}
}

func TestTextsAreTidy(t *testing.T) {
	for _, lang := range assets.Langs {
		texts := assets.In(lang)
		for _, key := range texts.Keys() {
			s := texts.Text(key)
			switch {
			case strings.TrimSpace(s) == "":
				t.Errorf("%s: %s is empty", lang, key)
			case strings.Contains(s, "  "):
				t.Errorf("%s: %s has two blanks in a row: %q", lang, key, s)
			case s != strings.TrimSpace(s) && key != "format.list-separator" && key != "format.or":
				t.Errorf("%s: %s begins or ends with a blank: %q", lang, key, s)
			}
		}
	}
}

func TestFindingsUseOnlyTheEvidenceThereIs(t *testing.T) {
	for _, lang := range assets.Langs {
		texts := assets.In(lang)
		known := words.Args(texts, checks.Evidence{})
		for _, key := range texts.Keys() {
			if group, _, _ := strings.Cut(key, "."); !slices.Contains([]string{"finding", "unknown", "pending", "skipped"}, group) {
				continue
			}
			for _, p := range placeholders(texts.Text(key)) {
				if _, ok := known[strings.Trim(p, "{}")]; !ok {
					t.Errorf("%s: %s asks for %s, which evidence never fills", lang, key, p)
				}
			}
		}
	}
}

// Sentences follow each other: what stood in for what, which browser will do
// meanwhile, how old a rule is. So each text that another may follow ends as a sentence does.
func TestTextsThatMayBeFollowedEndAsSentences(t *testing.T) {
	followed := regexp.MustCompile(`^(finding|unknown)\.((browser|client|driver|extension|host|propagation|store)\b.*\.(do|about)(\.|$)|cert\.unknown-issuer\.(do|about)|system\.os-unsupported\.(do|about)\.)`)
	stops := map[assets.Lang]string{assets.Japanese: "。", assets.English: "."}
	for _, lang := range assets.Langs {
		texts := assets.In(lang)
		for _, key := range texts.Keys() {
			s := texts.Text(key)
			switch {
			case strings.HasPrefix(key, "stand-in"), key == "works-in", key == "leftovers", strings.HasPrefix(key, "outdated"), strings.HasPrefix(key, "why."), followed.MatchString(key):
				if !strings.HasSuffix(s, stops[lang]) && !strings.HasSuffix(s, "{why}") {
					t.Errorf("%s: %s does not end as a sentence: %q", lang, key, s)
				}
			case strings.HasPrefix(key, "reason."), strings.HasPrefix(key, "condition."):
				if strings.ContainsAny(s, "。") || strings.Contains(s, ". ") || strings.HasSuffix(s, ".") {
					t.Errorf("%s: %s is no part of a sentence: %q", lang, key, s)
				}
			}
		}
	}
}

// constants returns the string values of the typed constants in a Go file, so
// that a new one cannot be forgotten here.
func constants(t *testing.T, file, typ string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			if id, ok := v.Type.(*ast.Ident); !ok || id.Name != typ {
				continue
			}
			for _, x := range v.Values {
				lit, ok := x.(*ast.BasicLit)
				if !ok {
					continue
				}
				value, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, value)
			}
		}
	}
	if len(values) == 0 {
		t.Fatalf("no constant of type %s in %s", typ, file)
	}
	return values
}

func TestEveryValueHasAText(t *testing.T) {
	var want []string
	need := func(values []string, prefix string, suffixes ...string) {
		if len(suffixes) == 0 {
			suffixes = []string{""}
		}
		for _, v := range values {
			for _, s := range suffixes {
				want = append(want, prefix+v+s)
			}
		}
	}
	need(constants(t, "../checks/catalogue.go", "ID"), "finding.", ".title")
	steps := constants(t, "../checks/finding.go", "Step")
	need(append(slices.Clone(steps), "result"), "step.")
	need(steps, "pending.")
	need(steps, "unknown.")
	need(steps, "skipped.")
	need(append(constants(t, "../checks/finding.go", "Status"), "pending"), "status.")
	need(constants(t, "../checks/finding.go", "Purpose"), "purpose.", "", ".short")
	need(constants(t, "../platform/card.go", "Kind"), "kind.")
	need(append(constants(t, "../platform/card.go", "Role"), "signature"), "role.")
	need(append(constants(t, "../platform/look.go", "Why"), string(checks.WhyPending), "needs-pin"), "why.")
	for _, a := range platform.Areas {
		want = append(want, "area."+string(a))
	}
	need([]string{"chrome", "edge", "chromium", "firefox", "safari"}, "browser.")
	need(constants(t, "../platform/software.go", "Software")[1:], "software.")
	need(constants(t, "../platform/host.go", "HostState"), "host-state.")
	need(constants(t, "../checks/condition.go", "Condition"), "condition.")
	need(constants(t, "../checks/try.go", "Hint"), "try.")
	need(extensionStates(), "extension-state.")
	need(constants(t, "../checks/symptom.go", "Message"), "message.")
	need(constants(t, "../checks/question.go", "Moment"), "moment.")
	for _, id := range platform.Repairs() {
		if id != platform.RepairOpen {
			need([]string{string(id)}, "repair.", "", ".about")
		}
	}
	need(constants(t, "../platform/repair.go", "Place"), "repair.open.", "", ".about")
	need(constants(t, "../platform/change.go", "Heeding"), "heed.")
	need(constants(t, "../platform/change.go", "RepairWhy"), "cannot-repair.")
	kinds := constants(t, "../platform/change.go", "ChangeKind")
	need(slices.DeleteFunc(kinds, func(k string) bool { return k == string(platform.ChangeElevated) }), "change.")
	need(constants(t, "../checks/help.go", "Help"), "help.")
	need(constants(t, "../platform/journal/journal.go", "State"), "entry.")
	need(constants(t, "../platform/service.go", "ServiceStart"), "service-start.")
	need([]string{"386", "amd64", "arm64", "universal"}, "arch.")
	need([]string{"date", "month", "year", "moment", "list-separator", "or"}, "format.")
	for _, lang := range assets.Langs {
		texts := assets.In(lang)
		for _, key := range want {
			if !texts.Has(key) {
				t.Errorf("%s: no text for %s", lang, key)
			}
		}
	}
}

// What is shown for a message is the message, so that it is recognised again.
func TestMessagesAreQuoted(t *testing.T) {
	for _, id := range constants(t, "../checks/symptom.go", "Message") {
		for _, lang := range assets.Langs {
			text := assets.In(lang).Text("message." + id)
			if m, ok := checks.MessageOf(text); !ok || string(m) != id {
				t.Errorf("%s: %q is taken for %q", lang, text, m)
			}
		}
	}
}

// extensionStates are the states that an extension can be in.
func extensionStates() []string {
	var states []string
	for _, x := range []platform.Extension{
		{},
		{Installed: true},
		{Installed: true, EnabledUnknown: true},
		{Installed: true, Enabled: true},
		{Installed: true, FilesMissing: true},
		{Installed: true, Reasons: []int{2}},
		{Installed: true, Reasons: []int{65536}},
	} {
		states = append(states, checks.ExtensionState(x))
	}
	return states
}

func TestTextFillsPlaceholders(t *testing.T) {
	texts := assets.In(assets.English)
	got := texts.Text("finding.card.ok.title", assets.Args{"kind": "My Number Card"})
	if want := "The card was read: My Number Card."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := texts.Text("no.such.key"); got != "no.such.key" {
		t.Errorf("a missing key gives %q, want the key itself", got)
	}
	if got := assets.In("xx").Lang(); got != assets.Japanese {
		t.Errorf("an unknown language gives %q, want Japanese", got)
	}
}

func TestDatesAreWrittenInJapanTime(t *testing.T) {
	at := time.Date(2027, 3, 4, 15, 30, 0, 0, time.UTC)
	for lang, want := range map[assets.Lang][2]string{
		assets.Japanese: {"2027年3月5日", "2027年3月5日 00:30"},
		assets.English:  {"5 March 2027", "5 March 2027 00:30 JST"},
	} {
		texts := assets.In(lang)
		got := [2]string{words.Date(texts, at), words.Moment(texts, at)}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", lang, d)
		}
	}
}

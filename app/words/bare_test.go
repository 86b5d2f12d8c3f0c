package words_test

import (
	"strings"
	"testing"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// stops end a sentence.
var stops = map[assets.Lang]string{assets.Japanese: "。", assets.English: "."}

func TestEveryFindingHasABareTitle(t *testing.T) {
	for _, lang := range assets.Langs {
		texts := assets.In(lang)
		for _, id := range checks.IDs() {
			title := words.Bare(texts, id)
			if strings.HasPrefix(title, "finding.") || strings.ContainsAny(title, "{}") {
				t.Errorf("%s: %s: %q", lang, id, title)
			}
			if strings.Count(title, stops[lang]) != 1 || !strings.HasSuffix(title, stops[lang]) {
				t.Errorf("%s: %s is not one sentence: %q", lang, id, title)
			}
		}
	}
}

// settings are all that a support code can tell beside findings.
func settings() []words.Setting {
	var all []words.Setting
	for _, system := range []string{"", "windows", "darwin", "linux"} {
		for _, p := range checks.Purposes {
			for _, k := range []platform.Kind{"", platform.KindMyNumber, platform.KindHPKI, platform.KindFeliCa} {
				all = append(all, words.Setting{OS: system, Purpose: p, Kind: k})
			}
		}
	}
	return all
}

func TestBareSentencesNeedNoEvidence(t *testing.T) {
	for _, lang := range assets.Langs {
		texts := assets.In(lang)
		for _, d := range everyStatus() {
			for _, in := range settings() {
				title, advice := words.BareTitle(texts, d, in), words.BareAdvice(texts, d, in)
				if title == "" || strings.Contains(title, ".bare") || strings.ContainsAny(title+advice, "{}") {
					t.Errorf("%s: %s %s in %+v: %q, %q", lang, d.ID, d.Status, in, title, advice)
				}
			}
		}
	}
}

// everyStatus lists each finding in each status.
func everyStatus() []checks.Finding {
	var all []checks.Finding
	for _, s := range []checks.Status{checks.OK, checks.Notice, checks.Problem, checks.Unknown, checks.Skipped} {
		statuses := map[checks.ID]checks.Status{}
		for _, id := range checks.IDs() {
			statuses[id] = s
		}
		all = append(all, checks.Rebuild(checks.Any, statuses, "").Findings...)
	}
	return all
}

// What to do may hang on conditions, which a support code leaves out. Such findings
// have advice that covers them all.
func TestAdviceThatHangsOnConditionsHasABareOne(t *testing.T) {
	texts := assets.In(assets.Japanese)
	var conditions []string
	for _, key := range texts.Keys() {
		if c, ok := strings.CutPrefix(key, "condition."); ok {
			conditions = append(conditions, c)
		}
	}
	for _, id := range checks.IDs() {
		for _, c := range conditions {
			for _, part := range []string{".do.", ".do.notice."} {
				if texts.Has("finding."+string(id)+part+c) && !hasBareAdvice(texts, id) {
					t.Errorf("what to do about %s hangs on %s, and no bare advice covers it", id, c)
				}
			}
		}
	}
}

func hasBareAdvice(texts assets.Texts, id checks.ID) bool {
	for _, key := range texts.Keys() {
		if strings.HasPrefix(key, "finding."+string(id)+".bare.do") {
			return true
		}
	}
	return false
}

func TestBareAdviceFollowsTheSetting(t *testing.T) {
	expired := checks.Finding{ID: checks.ExpiryExpired, Step: checks.StepExpiry, Status: checks.Problem}
	unsupported := checks.Finding{ID: checks.BrowserUnsupported, Step: checks.StepBrowser, Status: checks.Notice}
	for _, tt := range []struct {
		name string
		f    checks.Finding
		in   words.Setting
		want string
	}{
		{"My Number Card", expired, words.Setting{Kind: platform.KindMyNumber}, "municipal window"},
		{"HPKI card", expired, words.Setting{Kind: platform.KindHPKI}, "CA that issued"},
		{"notice on Windows", unsupported, words.Setting{OS: "windows"}, "Open the page of the service in Microsoft Edge"},
		{"notice on a Mac", unsupported, words.Setting{OS: "darwin"}, "in Safari"},
		{"a sentence of its own is not needed", checks.Finding{ID: checks.ReaderServiceStopped, Status: checks.Problem}, words.Setting{OS: "linux"}, "systemctl"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := words.BareAdvice(assets.In(assets.English), tt.f, tt.in); !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q in it", got, tt.want)
			}
		})
	}
}

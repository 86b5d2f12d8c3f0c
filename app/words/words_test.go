package words_test

import (
	"regexp"
	"strings"
	"testing"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// A row is a finding of which the words depend on the case, and what they have
// to say and not to say in Japanese.
func TestWordsSuitTheCase(t *testing.T) {
	ja := assets.In(assets.Japanese)
	edge := []string{"edge"}
	tests := []struct {
		name     string
		say      func(assets.Texts, checks.Finding) string
		f        checks.Finding
		has, not string
	}{
		{"disabled reader beside another", words.Advice, checks.Finding{ID: checks.ReaderDriverMissing, Status: checks.Notice, Evidence: checks.Evidence{Conditions: []checks.Condition{checks.Disabled}}}, "デバイスを有効にする", "製造元"},
		{"disabled reader beside another, title", words.Title, checks.Finding{ID: checks.ReaderDriverMissing, Status: checks.Notice, Evidence: checks.Evidence{Conditions: []checks.Condition{checks.Disabled}}}, "無効になっているカードリーダーも", ""},
		{"reader without driver beside another", words.Advice, checks.Finding{ID: checks.ReaderDriverMissing, Status: checks.Notice}, "製造元", "有効"},
		{"reader that lost its way", words.Advice, checks.Finding{ID: checks.ReaderNotPCSC, Status: checks.Problem, Evidence: checks.Evidence{OS: "windows", Conditions: []checks.Condition{checks.Unlisted}}}, "再起動", "製造元"},
		{"reader on WinUSB", words.Advice, checks.Finding{ID: checks.ReaderNotPCSC, Status: checks.Problem, Evidence: checks.Evidence{OS: "windows"}}, "製造元", "再起動"},

		{"extension of an old kind", words.Advice, checks.Finding{ID: checks.ExtensionOff, Status: checks.Problem, Evidence: checks.Evidence{Browsers: edge, Conditions: []checks.Condition{checks.Reinstall}}}, "削除し", "オンにしてください"},
		{"extension for a newer browser", words.Advice, checks.Finding{ID: checks.ExtensionOff, Status: checks.Problem, Evidence: checks.Evidence{Browsers: edge, Conditions: []checks.Condition{checks.OldBrowser}}}, "新しくして", "スイッチ"},
		{"extension that waits for an answer", words.Advice, checks.Finding{ID: checks.ExtensionOff, Status: checks.Problem, Evidence: checks.Evidence{Browsers: edge, Conditions: []checks.Condition{checks.Prompt}}}, "案内に従って", ""},
		{"works elsewhere", words.Advice, checks.Finding{ID: checks.ExtensionOff, Status: checks.Problem, Evidence: checks.Evidence{Browsers: edge, WorksIn: []string{"chrome"}}}, "。それまでは、Google Chromeで", ""},
		{"usual browser without a name", words.Title, checks.Finding{ID: checks.BrowserUnsupported, Status: checks.Notice, Evidence: checks.Evidence{Conditions: []checks.Condition{checks.Unlisted}}}, "いつものブラウザー", "（）"},
		{"browser that runs by policy", words.Advice, checks.Finding{ID: checks.BrowserBackground, Status: checks.Notice, Evidence: checks.Evidence{Browsers: edge, Conditions: []checks.Condition{checks.ByPolicy}}}, "管理者", "オフ"},

		{"Mynaportal for e-Tax, all is well", words.Title, checks.Finding{ID: checks.BrowserOK, Status: checks.OK, Evidence: checks.Evidence{Purpose: checks.ETax, Software: platform.SoftwareMynaportal}}, "。e-Tax専用", ""},
		{"Mynaportal for e-Tax", words.Advice, checks.Finding{ID: checks.ExtensionOff, Status: checks.Problem, Evidence: checks.Evidence{
			Browsers: edge, WorksIn: []string{"chrome"}, Purpose: checks.ETax, Software: platform.SoftwareMynaportal, Extension: &platform.Extension{Installed: true, Reasons: []int{8192}},
		}}, "。e-Tax専用", "それまでは"},
		{"Mynaportal for e-Tax, said with the advice", words.About, checks.Finding{ID: checks.ExtensionOff, Status: checks.Problem, Evidence: checks.Evidence{
			Browsers: edge, Purpose: checks.ETax, Software: platform.SoftwareMynaportal, Extension: &platform.Extension{Installed: true},
		}}, "理由", "代わりに"},
		{"Mynaportal for e-Tax, and no advice", words.About, checks.Finding{ID: checks.BrowserOK, Status: checks.OK, Evidence: checks.Evidence{Purpose: checks.ETax, Software: platform.SoftwareMynaportal}}, "代わりに", ""},
		{"e-Tax's own", words.About, checks.Finding{ID: checks.ExtensionOff, Status: checks.Problem, Evidence: checks.Evidence{Purpose: checks.ETax, Software: platform.SoftwareETax}}, "理由", "代わりに"},
		{"careful about e-Tax all the same", words.Title, checks.Finding{ID: checks.BrowserOK, Status: checks.OK, Evidence: checks.Evidence{Purpose: checks.ETax, Software: platform.SoftwareETax}}, "調べたところまでは", "専用"},

		{"no certificates of other cards", words.About, checks.Finding{ID: checks.StoreMissing, Status: checks.Problem}, "選びます。", "ほかのカード"},
		{"certificates of other cards", words.About, checks.Finding{ID: checks.StoreMissing, Status: checks.Problem, Evidence: checks.Evidence{Leftovers: 2}}, "ほかのカードの証明書もあります（2枚）。", ""},
		{"My Number Card not in the store", words.Advice, checks.Finding{ID: checks.StoreMissing, Status: checks.Notice, Evidence: checks.Evidence{Role: platform.RoleAuth}}, "JPKI利用者ソフト", "ドライバー"},
		{"HPKI card not in the store", words.Advice, checks.Finding{ID: checks.StoreMissing, Status: checks.Problem, Evidence: checks.Evidence{Role: platform.RoleHPKIAuth}}, "ドライバー", "JPKI"},
		{"driver for another processor", words.About, checks.Finding{ID: checks.DriverHPKIMissing, Status: checks.Unknown, Evidence: checks.Evidence{Conditions: []checks.Condition{checks.OtherCPU}}}, "ARM", "調べられなかった"},

		{"program for another processor", words.About, checks.Finding{ID: checks.ClientArchitecture, Status: checks.Problem, Evidence: checks.Evidence{
			OS: "windows", Arch: "386", ProgramArch: "amd64", Host: &platform.NativeHost{Arch: "amd64"},
		}}, "64ビット", "amd64"},
		{"server", words.Title, checks.Finding{ID: checks.SystemOSUnsupported, Status: checks.Problem, Evidence: checks.Evidence{
			OS: "windows", OSName: "Windows Server 2025", Conditions: []checks.Condition{checks.Server},
		}}, "Windows Server 2025は、e-Taxの対象では", "外れて"},
		{"old Windows", words.About, checks.Finding{ID: checks.SystemOSUnsupported, Status: checks.Problem, Evidence: checks.Evidence{OS: "windows", AsOf: "2025-10-14"}}, "Windowsでは、2025年10月14日の案内", ""},
		{"macOS after the list", words.About, checks.Finding{ID: checks.SystemOSUnsupported, Status: checks.Notice, Evidence: checks.Evidence{
			OS: "darwin", Conditions: []checks.Condition{checks.NotListed}, AsOf: "2025-03-11", Listed: "12–15",
		}}, "2025年3月11日の案内にあるのは、macOS 12–15です。", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.say(ja, tt.f)
			if !strings.Contains(got, tt.has) || tt.not != "" && strings.Contains(got, tt.not) {
				t.Errorf("got %q, want %q in it and not %q", got, tt.has, tt.not)
			}
		})
	}
}

// The narrowest sentence that there is for a case is the one that is said.
func TestSentenceForTheCase(t *testing.T) {
	mac := func(id checks.ID, s checks.Status, e checks.Evidence) checks.Finding {
		e.OS = "darwin"
		return checks.Finding{ID: id, Step: checks.StepBrowser, Status: s, Evidence: e}
	}
	conditions := func(c checks.Condition) checks.Evidence { return checks.Evidence{Conditions: []checks.Condition{c}} }
	safari := checks.Evidence{Browsers: []string{"safari"}, Software: platform.SoftwareJPKI, Purpose: checks.ETax}
	mynaportal := safari
	mynaportal.Software = platform.SoftwareMynaportal
	hidden := safari
	hidden.Why = platform.WhyAccessDenied
	title, advice, about := words.Title, words.Advice, words.About
	tests := []struct {
		name string
		say  func(assets.Texts, checks.Finding) string
		f    checks.Finding
		want string
	}{
		{"condition", title, mac(checks.ClientArchitecture, checks.Problem, conditions(checks.NoRosetta)), "needs Rosetta"},
		{"without it", title, mac(checks.ClientArchitecture, checks.Problem, checks.Evidence{}), "does not run on this computer"},
		{"browser", advice, mac(checks.ExtensionOff, checks.Problem, safari), `In the menu "Safari"`},
		{"another browser", advice, mac(checks.ExtensionOff, checks.Problem, checks.Evidence{Browsers: []string{"chrome"}}), "chrome://extensions"},
		{"notice", title, mac(checks.BrowserUnsupported, checks.Notice, checks.Evidence{}), "cannot be used for this"},
		{"notice and condition", title, mac(checks.BrowserUnsupported, checks.Notice, conditions(checks.NotRegistered)), "No official program is registered"},
		{"notice before system", advice, mac(checks.BrowserUnsupported, checks.Notice, checks.Evidence{Supported: []string{"safari", "edge"}}), "in Safari or Microsoft Edge."},
		{"system", advice, mac(checks.BrowserUnsupported, checks.Problem, checks.Evidence{Supported: []string{"safari"}}), "which comes with the Mac"},
		{"reason", about, mac(checks.ExtensionOff, checks.Unknown, hidden), "Full Disk Access"},
		{"no reason", about, mac(checks.ExtensionOff, checks.Unknown, safari), "never turned on or off"},
		{"what was looked at instead", about, mac(checks.ExtensionOff, checks.Unknown, safari), "Those of JPKI user software were looked at instead."},
		{"what was looked at instead, Mynaportal's", about, mac(checks.BrowserOK, checks.OK, mynaportal), "Those of Mynaportal were looked at instead."},
		{"unknown with a condition", title, mac(checks.BrowserOK, checks.Unknown, conditions(checks.WindowsOnly)), "HPKI-KAGURA"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.say(assets.In(assets.English), tt.f); !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q in it", got, tt.want)
			}
		})
	}
}

// A rule that may have changed is told of once: with the advice, or where there
// is none with the explanation.
func TestOldRulesAreToldOfOnce(t *testing.T) {
	finding := func(id checks.ID, e checks.Evidence) checks.Finding {
		return checks.Finding{ID: id, Step: checks.StepSystem, Status: checks.Notice, Evidence: e}
	}
	windows := checks.Evidence{OS: "windows", OSName: "Windows 10", AsOf: "2025-10-14"}
	issuer := checks.Evidence{Issuer: "O=X", AsOf: "2026-02"}
	standsIn := checks.Evidence{Purpose: checks.ETax, Software: platform.SoftwareMynaportal, Browsers: []string{"edge"}, AsOf: "2020"}
	worksIn := checks.Evidence{Software: platform.SoftwareMynaportal, Browsers: []string{"edge"}, WorksIn: []string{"chrome"}, AsOf: "2020"}
	leftovers := checks.Evidence{Issuer: "O=X", Leftovers: 2, AsOf: "2020"}
	undated := checks.Evidence{Issuer: "O=X"}
	tests := []struct {
		name   string
		f      checks.Finding
		advice bool
		says   map[assets.Lang]string
	}{
		{"advice", finding(checks.SystemOSUnsupported, windows), true, map[assets.Lang]string{
			assets.Japanese: "使ってください。これは2025年10月14日の情報による判断です。今は変わっているかもしれません。",
			assets.English:  "with Windows 11. This judgement rests on information as of 14 October 2025, which may have changed since.",
		}},
		{"no advice", finding(checks.CertUnknownIssuer, issuer), false, map[assets.Lang]string{
			assets.Japanese: "問題はありません。これは2026年2月の情報による判断です。",
			assets.English:  "nothing to do. This judgement rests on information as of February 2026, ",
		}},
		{"a source without a date", finding(checks.CertUnknownIssuer, undated), false, map[assets.Lang]string{
			assets.Japanese: "問題はありません。これは、日付の分からない情報による判断です。今は変わっているかもしれません。",
			assets.English:  "nothing to do. This judgement rests on information without a date, which may have changed since.",
		}},
		{"after what stood in", finding(checks.ExtensionMissing, standsIn), true, map[assets.Lang]string{
			assets.Japanese: "調べました。これは2020年の情報による判断です。",
			assets.English:  "looked at instead. This judgement rests on information as of 2020, ",
		}},
		{"after the browser that will do", finding(checks.ExtensionMissing, worksIn), true, map[assets.Lang]string{
			assets.Japanese: "使えます。これは2020年の情報による判断です。",
			assets.English:  "can be used. This judgement rests on information as of 2020, ",
		}},
		{"after certificates of other cards", finding(checks.CertUnknownIssuer, leftovers), false, map[assets.Lang]string{
			assets.Japanese: "（2枚）。これは2020年の情報による判断です。",
			assets.English:  "(2). This judgement rests on information as of 2020, ",
		}},
	}
	for _, tt := range tests {
		for _, lang := range assets.Langs {
			t.Run(tt.name+" "+string(lang), func(t *testing.T) {
				texts := assets.In(lang)
				mark, _, _ := strings.Cut(texts.Text("outdated"), "{as_of}")
				if tt.f.Evidence.AsOf == "" {
					mark = texts.Text("outdated.no-date")
				}
				if young := words.Advice(texts, tt.f) + words.About(texts, tt.f); strings.Contains(young, mark) {
					t.Errorf("said of a rule that is not old: %q", young)
				}
				old := tt.f
				old.Evidence.Outdated = true
				here, there := words.Advice(texts, old), words.About(texts, old)
				if !tt.advice {
					here, there = there, here
				}
				if !strings.Contains(here, tt.says[lang]) || strings.Contains(there, mark) {
					t.Errorf("got %q and %q, want %q in the first", here, there, tt.says[lang])
				}
				old.Status = checks.Skipped
				if moot := words.Advice(texts, old) + words.About(texts, old); strings.Contains(moot, mark) {
					t.Errorf("said of what is moot: %q", moot)
				}
			})
		}
	}
}

// broken is what no sentence may hold: a hole where something should be, or two
// ends in a row.
var broken = regexp.MustCompile(`[{}]|（）|「」|\(\)|""|。。|\.\.|: ?[。.]|、[。、]`)

func TestNothingIsLeftOut(t *testing.T) {
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
			for _, f := range checks.Diagnose(s, checks.Question{Purpose: p}, s.Taken).Findings {
				for _, lang := range assets.Langs {
					texts := assets.In(lang)
					for _, said := range []string{words.Title(texts, f), words.Advice(texts, f), words.About(texts, f)} {
						if broken.MatchString(said) {
							t.Errorf("%s for %s, %s: %s: %q", name, p, lang, f.ID, said)
						}
					}
				}
			}
		}
	}
}

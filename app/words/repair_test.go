package words_test

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yomitori/app/words"
	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// everyRepair is each repair on each kind of target; what only takes another one
// back as well.
func everyRepair() []platform.Repair {
	all := []platform.Repair{
		platform.ClearSSLState(), platform.RefreshPCSC(), platform.TurnOffDevice("acpi-nxp1000"), platform.TurnOnDevice("usb-054c-06c3"),
		platform.RestartDevice("usb-054c-06c3"), platform.EndProgram(4711), platform.DeleteCertificate(2), platform.ForgetChoice("myna.go.jp"),
	}
	for _, b := range platform.RepairBrowsers {
		all = append(all, platform.QuitBrowser(b), platform.ClearSiteData(b), platform.ClearCache(b))
	}
	for _, s := range platform.RestartableServices {
		all = append(all, platform.RestartService(s))
	}
	for _, s := range platform.EnableableServices {
		all = append(all, platform.EnableService(s), platform.DisableService(s))
	}
	for _, s := range platform.StoppableServices {
		all = append(all, platform.StopService(s), platform.StartService(s))
	}
	for _, p := range platform.Places {
		all = append(all, platform.Open(p))
	}
	return all
}

// What a sentence says of a repair has words in it and no holes.
func checkSaid(t *testing.T, about, said string) {
	t.Helper()
	if said == "" || broken.MatchString(said) || key.MatchString(said) {
		t.Errorf("%s: %q", about, said)
	}
}

// key is what a text that is missing leaves on the screen.
var key = regexp.MustCompile(`\b(repair|change|heed|cannot-repair|help|entry|undoable|service-start)\.[a-z]`)

func TestEveryRepairHasWords(t *testing.T) {
	all := everyRepair()
	for _, id := range platform.Repairs() {
		if !slices.ContainsFunc(all, func(r platform.Repair) bool { return r.ID() == id }) {
			t.Errorf("%s is tested with no target", id)
		}
	}
	for _, lang := range assets.Langs {
		texts := assets.In(lang)
		names := map[string]platform.Repair{}
		for _, r := range all {
			name := words.Repair(texts, r)
			checkSaid(t, r.String(), name)
			checkSaid(t, r.String(), words.RepairAbout(texts, r))
			if strings.HasSuffix(name, "。") || strings.HasSuffix(name, ".") {
				t.Errorf("%s: a button is no sentence: %q", r, name)
			}
			if other, twice := names[name]; twice && r.ID() != other.ID() {
				t.Errorf("%s and %s are both called %q", r, other, name)
			}
			names[name] = r
		}
	}
}

// oneOfEach is a change of each kind with all that its kind tells.
var oneOfEach = []struct {
	change platform.Change
	has    []string // in English
}{
	{platform.Change{Kind: platform.ChangeCloseBrowser, Browser: platform.BrowserEdge, Count: 12}, []string{"Microsoft Edge", "12"}},
	{platform.Change{Kind: platform.ChangeCloseBrowser, Browser: platform.BrowserSafari}, []string{"Safari"}},
	{platform.Change{Kind: platform.ChangeEndProcess, Process: 4711, Program: "mpa.exe"}, []string{"4711", "mpa.exe"}},
	{platform.Change{Kind: platform.ChangeEndProcess, Process: 12, Program: "msedge.exe", Browser: platform.BrowserEdge}, []string{"12", "msedge.exe", "Microsoft Edge", "if"}},
	{platform.Change{Kind: platform.ChangeEndProcess, Browser: platform.BrowserChrome}, []string{"Google Chrome"}},
	{
		platform.Change{Kind: platform.ChangeEndProcess, Browser: platform.BrowserEdge, Count: 7, Program: "msedge.exe (12), …", Running: true},
		[]string{"Microsoft Edge", "running now: 7, msedge.exe (12), …"},
	},
	{
		platform.Change{Kind: platform.ChangeEndProcess, Browser: platform.BrowserEdge, Count: 1, Program: "msedge.exe (12)"},
		[]string{"Ended", "1: msedge.exe (12)"},
	},
	{
		platform.Change{Kind: platform.ChangeCookies, Browser: platform.BrowserChrome, Profile: "Profile 1", Path: "/home/a/Cookies", Host: "myna.go.jp", Count: 3},
		[]string{"3 cookies", "myna.go.jp", "Profile 1", "Google Chrome", "/home/a/Cookies"},
	},
	{
		platform.Change{Kind: platform.ChangeCookies, Browser: platform.BrowserChrome, Profile: "Default", Path: "/home/a/Cookies", Count: 9},
		[]string{"9 cookies", "official services", "/home/a/Cookies"},
	},
	{
		platform.Change{Kind: platform.ChangeSiteFolder, Browser: platform.BrowserEdge, Profile: "Default", Path: "/home/a/x", Host: "www.keisan.nta.go.jp", Count: 4, Bytes: 2048},
		[]string{"www.keisan.nta.go.jp", "Default", "/home/a/x", "files: 4", "2.0 KB"},
	},
	{
		platform.Change{Kind: platform.ChangeCacheFolder, Browser: platform.BrowserEdge, Profile: "Default", Path: "/home/a/Cache", Count: 900, Bytes: 3 << 29},
		[]string{"/home/a/Cache", "files: 900", "1.5 GB"},
	},
	{platform.Change{Kind: platform.ChangeSSLState}, []string{"SSL", "this user"}},
	{
		platform.Change{Kind: platform.ChangeCertificate, Issuer: "CN=HPKI-01", NotAfter: time.Date(2025, 5, 9, 14, 59, 59, 0, time.UTC)},
		[]string{"CN=HPKI-01", "9 May 2025"},
	},
	{
		platform.Change{
			Kind: platform.ChangeCertificate, Issuer: "CN=HPKI-01",
			NotBefore: time.Date(2020, 5, 9, 15, 0, 0, 0, time.UTC), NotAfter: time.Date(2025, 5, 9, 14, 59, 59, 0, time.UTC),
		},
		[]string{"CN=HPKI-01", "10 May 2020", "9 May 2025"},
	},
	{platform.Change{Kind: platform.ChangePreference, Host: "myna.go.jp"}, []string{"myna.go.jp", "keychain"}},
	{platform.Change{Kind: platform.ChangePCSC}, []string{"smart card service"}},
	{platform.Change{Kind: platform.ChangeOpen, Place: platform.PlaceWindowsUpdate}, []string{"Windows Update"}},
	{platform.Change{Kind: platform.ChangeElevated, Do: platform.RestartService("SCardSvr"), Service: "SCardSvr", Running: true}, []string{"Smart Card (SCardSvr)", "Stops"}},
	{platform.Change{Kind: platform.ChangeElevated, Do: platform.RestartService("pcscd")}, []string{"pcscd", "does not run"}},
	{
		platform.Change{Kind: platform.ChangeElevated, Do: platform.EnableService("CertPropSvc"), Service: "CertPropSvc", Start: platform.StartDisabled},
		[]string{"Certificate Propagation (CertPropSvc)", `from "disabled" to "manual"`},
	},
	{
		platform.Change{Kind: platform.ChangeElevated, Do: platform.EnableService("CertPropSvc"), Service: "CertPropSvc", Start: platform.StartDisabled, Starts: true},
		[]string{`from "disabled" to "manual"`, "starts it"},
	},
	{
		platform.Change{Kind: platform.ChangeElevated, Do: platform.RestartService("SCardSvr"), Service: "SCardSvr", Running: true, Others: []string{"CertPropSvc", "OtherSvc"}},
		[]string{"Stops", "Certificate Propagation (CertPropSvc), OtherSvc"},
	},
	{platform.Change{Kind: platform.ChangeElevated, Do: platform.DisableService("CertPropSvc")}, []string{"Disables", "CertPropSvc"}},
	{platform.Change{Kind: platform.ChangeElevated, Do: platform.StopService("PcaSvc"), Running: true}, []string{"PcaSvc", "until Windows starts"}},
	{platform.Change{Kind: platform.ChangeElevated, Do: platform.StartService("PcaSvc")}, []string{"PcaSvc", "Starts"}},
	{platform.Change{Kind: platform.ChangeElevated, Do: platform.TurnOffDevice("acpi-nxp1000"), Device: "acpi-nxp1000", DeviceName: "NXP NFC"}, []string{"Disables", "NXP NFC"}},
	{platform.Change{Kind: platform.ChangeElevated, Do: platform.TurnOnDevice("usb-054c-06c3")}, []string{"Enables", "usb-054c-06c3"}},
	{platform.Change{Kind: platform.ChangeElevated, Do: platform.RestartDevice("usb-054c-06c3"), Device: "usb-054c-06c3"}, []string{"Restarts", "usb-054c-06c3"}},
}

func TestChanges(t *testing.T) {
	kinds, elevated := map[platform.ChangeKind]bool{}, map[platform.RepairID]bool{}
	for _, c := range oneOfEach {
		kinds[c.change.Kind], elevated[c.change.Do.ID()] = true, true
		said := words.Change(assets.In(assets.English), c.change)
		for _, has := range c.has {
			if !strings.Contains(said, has) {
				t.Errorf("%+v: %q has no %q", c.change, said, has)
			}
		}
		for _, lang := range assets.Langs {
			checkSaid(t, fmt.Sprintf("%s: %+v", lang, c.change), words.Change(assets.In(lang), c.change))
		}
	}
	for _, k := range []platform.ChangeKind{
		platform.ChangeCloseBrowser, platform.ChangeEndProcess, platform.ChangeCookies, platform.ChangeSiteFolder, platform.ChangeCacheFolder,
		platform.ChangeSSLState, platform.ChangeElevated, platform.ChangeCertificate, platform.ChangePreference, platform.ChangePCSC, platform.ChangeOpen,
	} {
		if !kinds[k] {
			t.Errorf("no change of kind %s", k)
		}
	}
	for _, r := range everyRepair() {
		if r.Elevated() && !elevated[r.ID()] {
			t.Errorf("%s is carried out elevated and has no words for that", r.ID())
		}
	}
}

// A journal may have been written by another version.
func TestChangesOfAnotherVersion(t *testing.T) {
	for _, c := range []platform.Change{
		{}, {Kind: "of a later version"}, {Kind: platform.ChangeOpen, Place: "nowhere"}, {Kind: platform.ChangeElevated},
	} {
		for _, lang := range assets.Langs {
			_ = words.Change(assets.In(lang), c) // does not panic
		}
	}
	if got := words.EntryState(assets.In(assets.English), "half"); got != "half" {
		t.Errorf("an unknown state is called %q", got)
	}
}

func TestCannotRepair(t *testing.T) {
	en := assets.In(assets.English)
	edge, service := platform.QuitBrowser(platform.BrowserEdge), platform.RestartService("SCardSvr")
	ifd := platform.RestartService("com.apple.ifdreader")
	tests := []struct {
		name     string
		repair   platform.Repair
		err      error
		has, not string
	}{
		{"browser that stays", edge, platform.CannotRepair(platform.RepairStillRuns, "", nil), "Microsoft Edge did not quit", ""},
		{"the user said no", service, platform.CannotRepair(platform.RepairRefused, "SCardSvr", nil), "nothing was changed", "SCardSvr"},
		{"what the system says is left out", service, platform.CannotRepair(platform.RepairDenied, "", errors.New("errno 5")), "did not allow", "errno"},
		{"a Mac refuses", ifd, platform.CannotRepair(platform.RepairDenied, "", nil), "restart the Mac", ""},
		{"a file is named", platform.ClearSiteData(platform.BrowserEdge), platform.CannotRepair(platform.RepairLocked, "Cookies", nil), "About: Cookies", ""},
		{"an error of no kind", edge, errors.New("x"), "It did not work", "x."},
		{"no error of ours, and a cause", edge, fmt.Errorf("make: %w", platform.CannotRepair(platform.RepairBusy, "", nil)), "Another copy", "make"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := words.CannotRepair(en, tt.repair, tt.err)
			if !strings.Contains(got, tt.has) || tt.not != "" && strings.Contains(got, tt.not) {
				t.Errorf("got %q, want %q in it and not %q", got, tt.has, tt.not)
			}
		})
	}
	for _, why := range []platform.RepairWhy{
		platform.RepairNothing, platform.RepairNotHere, platform.RepairGone, platform.RepairChanged, platform.RepairStillRuns, platform.RepairLocked,
		platform.RepairNoSpace, platform.RepairReadOnly, platform.RepairOutside, platform.RepairDamaged, platform.RepairOnlyReader, platform.RepairInUse, platform.RepairUnseen,
		platform.RepairRefused, platform.RepairNoAdmin, platform.RepairDenied, platform.RepairTimedOut, platform.RepairBusy, platform.RepairNotUndoable, platform.RepairFailed,
	} {
		for _, r := range everyRepair() {
			for _, lang := range assets.Langs {
				checkSaid(t, string(why), words.CannotRepair(assets.In(lang), r, platform.CannotRepair(why, "", nil)))
			}
		}
	}
}

func TestHelpFor(t *testing.T) {
	en := assets.In(assets.English)
	driver := checks.Finding{ID: checks.DriverHPKIMissing, Step: checks.StepBrowser, Status: checks.Problem}
	told := checks.Finding{ID: checks.BrowserSessionStale, Step: checks.StepBrowser, Status: checks.Problem, Evidence: checks.Evidence{Told: true}}
	unknown := checks.Finding{ID: checks.StoreMissing, Step: checks.StepBrowser, Status: checks.Unknown, Evidence: checks.Evidence{Area: platform.AreaStore}}
	tests := []struct {
		name     string
		help     checks.Help
		after    checks.Diagnosis
		has, not string
	}{
		{"helped, and all is well", checks.Helped, checks.Diagnosis{}, "Nothing wrong", "Next"},
		{"helped, and more is the matter", checks.Helped, checks.Diagnosis{Cause: &driver}, "That helped. Next: " + words.Title(en, driver), "Nothing wrong"},
		{"helped, and not all is known", checks.Helped, checks.Diagnosis{Findings: []checks.Finding{unknown}}, "Not everything could be checked", "Nothing wrong"},
		{"did not help", checks.NotHelped, checks.Diagnosis{Cause: &driver}, "did not help", "That helped"},
		{"nobody sees", checks.CannotTell, checks.Diagnosis{Cause: &told}, "cannot be seen from here", "Next"},
		{"nobody sees, and something is seen", checks.CannotTell, checks.Diagnosis{Cause: &driver}, "Next", ""},
		{"not yet", checks.StillLooks, checks.Diagnosis{Cause: &driver}, "Checking", "Next"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := words.HelpFor(en, tt.help, tt.after)
			if !strings.Contains(got, tt.has) || tt.not != "" && strings.Contains(got, tt.not) {
				t.Errorf("got %q, want %q in it and not %q", got, tt.has, tt.not)
			}
			for _, lang := range assets.Langs {
				checkSaid(t, string(tt.help), words.HelpFor(assets.In(lang), tt.help, tt.after))
			}
		})
	}
}

func TestUndoable(t *testing.T) {
	en := assets.In(assets.English)
	yes, no := platform.Change{Undoable: true}, platform.Change{}
	for want, cs := range map[string][]platform.Change{
		"This can be undone.": {yes, yes}, "Some of this": {yes, no}, "cannot be undone": {no},
	} {
		if got := words.Undoable(en, platform.RepairPlan{Changes: cs}); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
	opens := platform.RepairPlan{Changes: []platform.Change{{Kind: platform.ChangeOpen}}}
	if got := words.Undoable(en, opens); got != "" {
		t.Errorf("of what changes nothing: %q", got)
	}
}

// Only a full quit clears a remembered choice in Chrome and Edge, nothing is
// promised that no source tells, and what a repair costs is said with it.
func TestRepairsAreDescribedHonestly(t *testing.T) {
	edge := platform.BrowserEdge
	tests := []struct {
		repair   platform.Repair
		has, not []string
	}{
		{platform.QuitBrowser(edge), []string{"キャンセル", "裏で動いている"}, []string{"SSL"}},
		{platform.QuitBrowser(platform.BrowserSafari), []string{"キーチェーン", "消えません"}, []string{"キャンセル"}},
		{platform.ClearSSLState(), []string{"IEモード", "ChromeとEdge", "消えません", "完全な終了"}, nil},
		{platform.ClearSiteData(edge), []string{"だけを消します", "ほかのサイトのログインは残ります", "ログインし直して"}, nil},
		{platform.ClearCache(edge), []string{"Cookieとパスワードは残ります"}, nil},
		{platform.TurnOffDevice("acpi-nxp1000"), []string{"ほかのこともできません", "いつでも元に戻せます", "管理者"}, nil},
		{platform.StopService("PcaSvc"), []string{"次にWindowsを始めるまで", "HPKI-KAGURA"}, nil},
		{platform.DeleteCertificate(1), []string{"カードの中の証明書は消えません", "元に戻せます"}, nil},
		{platform.RestartService("com.apple.ifdreader"), []string{"断ることがあります"}, nil},
		{platform.Open(platform.PlaceProxy), []string{"プロキシの設定を変えません"}, nil},
	}
	for _, tt := range tests {
		about := words.RepairAbout(assets.In(assets.Japanese), tt.repair)
		for _, has := range tt.has {
			if !strings.Contains(about, has) {
				t.Errorf("%s: %q has no %q", tt.repair, about, has)
			}
		}
		for _, not := range tt.not {
			if strings.Contains(about, not) {
				t.Errorf("%s: %q has %q", tt.repair, about, not)
			}
		}
	}
	promise := regexp.MustCompile(`必ず直|確実に|すべて直|certainly|always work|guarantee|will fix`)
	for _, lang := range assets.Langs {
		texts := assets.In(lang)
		for _, r := range everyRepair() {
			about := words.RepairAbout(texts, r)
			if promise.MatchString(about) {
				t.Errorf("%s: %q promises", r, about)
			}
			if r.Elevated() != strings.Contains(about, map[assets.Lang]string{assets.Japanese: "管理者の許可", assets.English: "administrator's permission"}[lang]) {
				t.Errorf("%s: elevated is %t, and it says %q", r, r.Elevated(), about)
			}
		}
	}
}

package checks_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// computer is a practice computer, for a test to change.
func computer(t testing.TB, name string) platform.Snapshot {
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

const (
	blocklist = "ExtensionInstallBlocklist"
	allowlist = "ExtensionInstallAllowlist"
	forcelist = "ExtensionInstallForcelist"
	settings  = "ExtensionSettings"
)

func edge(s *platform.Snapshot) *platform.Browser { return &s.Browsers.List[0] }

func chrome(s *platform.Snapshot) *platform.Browser { return &s.Browsers.List[1] }

// inEdge is Mynaportal's extension in the browser in use.
func inEdge(s *platform.Snapshot) *platform.Extension { return &edge(s).Profiles[0].Extensions[0] }

func off(reasons ...int) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) { x := inEdge(s); x.Enabled, x.Reasons = false, reasons }
}

func gone(s *platform.Snapshot) {
	x := inEdge(s)
	*x = platform.Extension{ID: x.ID, Software: x.Software}
}

func extensionRules(rules ...platform.ExtensionRule) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) { edge(s).Policies.Extensions = rules }
}

func hostState(state platform.HostState) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) { s.Hosts.List[0].State = state }
}

func all(fs ...func(*platform.Snapshot)) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) {
		for _, f := range fs {
			f(s)
		}
	}
}

func noHosts(s *platform.Snapshot) { s.Hosts.List = nil }

func noClients(s *platform.Snapshot) { s.Clients.List = nil }

func process(p platform.Process) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) { s.Clients.Processes = append(s.Clients.Processes, p) }
}

func failed(a platform.Area) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) { *s.Look(a) = platform.Failure(platform.WhyTimedOut, nil) }
}

// A row breaks one thing between a page and the card on a healthy computer.
func TestPageToCard(t *testing.T) {
	const id = "fjjibalalngebiaophebgkkohaaggphf"
	name := platform.SoftwareMynaportal
	tests := []struct {
		name   string
		change func(*platform.Snapshot)
		id     checks.ID
		status checks.Status
	}{
		{"healthy", func(*platform.Snapshot) {}, checks.BrowserOK, checks.OK},

		{"no browser", func(s *platform.Snapshot) { s.Browsers.List = nil }, checks.BrowserUnsupported, checks.Problem},
		{"only Firefox", func(s *platform.Snapshot) {
			s.Browsers.List = []platform.Browser{{Look: platform.Absent(), Name: platform.BrowserFirefox, Default: true}}
		}, checks.BrowserUnsupported, checks.Problem},
		{"Firefox opens links", func(s *platform.Snapshot) {
			edge(s).Default = false
			s.Browsers.List = append(s.Browsers.List, platform.Browser{Look: platform.Absent(), Name: platform.BrowserFirefox, Default: true})
		}, checks.BrowserUnsupported, checks.Notice},
		{"links open in a browser that is not listed", func(s *platform.Snapshot) { edge(s).Default, s.Browsers.DefaultOther = false, true }, checks.BrowserUnsupported, checks.Notice},
		{"no browser but one that is not listed", func(s *platform.Snapshot) { s.Browsers.List, s.Browsers.DefaultOther = nil, true }, checks.BrowserUnsupported, checks.Problem},
		{"runs without a window", func(s *platform.Snapshot) { edge(s).Windows = 0 }, checks.BrowserBackground, ""},
		{"runs without a window while the client hangs", all(func(s *platform.Snapshot) { edge(s).Windows = 0 }, process(platform.Process{Program: "a.exe", Software: name, Orphan: true})), checks.BrowserBackground, checks.Notice},
		{"Edge and Chrome with the client", all(func(s *platform.Snapshot) { chrome(s).Windows = 1 }, process(platform.Process{Program: "a.exe", Software: name})), checks.BrowserTwoAtOnce, checks.Notice},
		{"Edge and Chrome without it", func(s *platform.Snapshot) { chrome(s).Windows = 1 }, checks.BrowserOK, checks.OK},

		{"client missing", all(noHosts, noClients), checks.ClientMissing, checks.Problem},
		{"client's files gone", all(noHosts, func(s *platform.Snapshot) { s.Clients.List[0].FilesMissing = true }), checks.ClientMissing, checks.Problem},
		{"client there by its process", all(noHosts, noClients, process(platform.Process{Program: "a.exe", Software: name})), checks.HostMissing, checks.Problem},
		{"client hangs", process(platform.Process{Program: "a.exe", Software: name, Hung: true}), checks.ClientHung, checks.Problem},
		{"client outlives its browser", process(platform.Process{Program: "a.exe", Software: name, Orphan: true}), checks.ClientHung, checks.Notice},
		{"client open twice", all(process(platform.Process{Program: "a.exe", ID: 1}), process(platform.Process{Program: "a.exe", ID: 2})), checks.ClientSeveral, checks.Notice},
		{"client that starts itself is open once", all(process(platform.Process{Program: "a.exe", ID: 1}), process(platform.Process{Program: "a.exe", ID: 2, Child: true})), checks.ClientSeveral, ""},
		{"two native hosts are nothing", all(process(platform.Process{Program: "a.exe", ID: 1, Host: "h"}), process(platform.Process{Program: "a.exe", ID: 2, Host: "h"})), checks.ClientSeveral, ""},
		{"English Windows", func(s *platform.Snapshot) { s.System.CodePage = 1252 }, checks.ClientLocale, checks.Notice},

		{"no host at all", noHosts, checks.HostMissing, checks.Problem},
		{"no host for Chrome is nothing to Edge", func(s *platform.Snapshot) { s.Hosts.List = s.Hosts.List[:1] }, checks.BrowserOK, checks.OK},
		{"Edge reads Chrome's host", func(s *platform.Snapshot) { s.Hosts.List = s.Hosts.List[1:] }, checks.BrowserOK, checks.OK},
		{"Chrome does not read Edge's", func(s *platform.Snapshot) {
			edge(s).Default, chrome(s).Default, edge(s).Windows, s.Hosts.List = false, true, 0, s.Hosts.List[:1]
		}, checks.HostMissing, checks.Problem},
		{"manifest missing", hostState(platform.HostManifestMissing), checks.HostBroken, checks.Problem},
		{"manifest broken", hostState(platform.HostManifestBroken), checks.HostBroken, checks.Problem},
		{"program missing", hostState(platform.HostProgramMissing), checks.HostBroken, checks.Problem},
		{"program broken", hostState(platform.HostProgramBroken), checks.HostBroken, checks.Problem},
		{"program not looked at", hostState(platform.HostUnseen), checks.HostBroken, checks.Unknown},
		{"state of a newer version", hostState("new"), checks.HostBroken, checks.Unknown},
		{"program for another processor", all(hostState(platform.HostProgramBroken), func(s *platform.Snapshot) { s.Hosts.List[0].Arch = "arm64" }), checks.ClientArchitecture, checks.Problem},
		{"sound program for another processor", func(s *platform.Snapshot) { s.Hosts.List[0].Arch = "arm64" }, checks.ClientArchitecture, checks.Problem},
		{"64-bit program on 32-bit Windows", func(s *platform.Snapshot) { s.Hosts.List[0].Arch, s.System.Arch = "amd64", "386" }, checks.ClientArchitecture, checks.Problem},
		{"Intel program on ARM", func(s *platform.Snapshot) { s.System.Arch = "arm64" }, checks.BrowserOK, checks.OK},
		{"the user's broken registration comes first", func(s *platform.Snapshot) {
			h := s.Hosts.List[0]
			h.Scope, h.State = platform.ScopeUser, platform.HostManifestMissing
			s.Hosts.List = append(s.Hosts.List, h)
		}, checks.HostBroken, checks.Problem},
		{"a broken one that comes later is nothing", func(s *platform.Snapshot) {
			h := s.Hosts.List[0]
			h.View, h.State = 64, platform.HostManifestMissing
			s.Hosts.List = append([]platform.NativeHost{h}, s.Hosts.List...)
		}, checks.BrowserOK, checks.OK},
		{"host accepts another extension", func(s *platform.Snapshot) {
			s.Hosts.List[0].Origins = []string{"abcdefghijklmnopabcdefghijklmnop"}
		}, checks.HostBroken, checks.Problem},
		{"host blocked", func(s *platform.Snapshot) {
			edge(s).Policies.Hosts = []platform.HostRule{{Host: platform.AnyID, Policy: "NativeMessagingBlocklist"}}
		}, checks.HostBlocked, checks.Problem},
		{"host blocked and allowed", func(s *platform.Snapshot) {
			edge(s).Policies.Hosts = []platform.HostRule{{Host: platform.AnyID}, {Host: "jp.go.cao.mpa", Allowed: true}}
		}, checks.BrowserOK, checks.OK},
		{"user's hosts forbidden", func(s *platform.Snapshot) {
			s.Hosts.List[0].Scope, s.Hosts.List[1].Scope = platform.ScopeUser, platform.ScopeUser
			edge(s).Policies.UserHosts = platform.SwitchOff
		}, checks.HostBlocked, checks.Problem},
		{"user's hosts forbidden, the computer's stays", func(s *platform.Snapshot) {
			h := s.Hosts.List[0]
			h.Scope = platform.ScopeUser
			s.Hosts.List = append(s.Hosts.List, h)
			edge(s).Policies.UserHosts = platform.SwitchOff
		}, checks.BrowserOK, checks.OK},
		{"policy about hosts not understood", func(s *platform.Snapshot) { edge(s).Policies.Faults = []string{"NativeMessagingBlocklist"} }, checks.HostBlocked, checks.Unknown},

		{"extension off", off(1), checks.ExtensionOff, checks.Problem},
		{"extension off in the old way", off(), checks.ExtensionOff, checks.Problem},
		{"extension off for a new reason", off(1 << 30), checks.ExtensionOff, checks.Problem},
		{"new permission", off(2), checks.ExtensionPermission, checks.Problem},
		{"new permission, and off by hand", off(1, 2), checks.ExtensionPermission, checks.Problem},
		{"not verified", off(256), checks.ExtensionCorrupt, checks.Problem},
		{"corrupted", off(1, 1024), checks.ExtensionCorrupt, checks.Problem},
		{"files gone", func(s *platform.Snapshot) { inEdge(s).FilesMissing = true }, checks.ExtensionCorrupt, checks.Problem},
		{"policy, by its reason", off(65536), checks.ExtensionBlocked, checks.Problem},
		{"update required by policy", off(16384), checks.ExtensionBlocked, checks.Problem},
		{"unpublished", off(4194304), checks.ExtensionBlocked, checks.Problem},
		{"extension missing", gone, checks.ExtensionMissing, checks.Problem},
		{"browser never started", func(s *platform.Snapshot) { edge(s).Look, edge(s).Profiles = platform.Absent(), nil }, checks.ExtensionMissing, checks.Problem},
		{"extension in another profile", all(func(s *platform.Snapshot) {
			other := edge(s).Profiles[0]
			other.Folder, other.LastUsed = "Profile 1", false
			edge(s).Profiles = append(edge(s).Profiles, other)
			edge(s).Profiles[0].Extensions = append([]platform.Extension(nil), other.Extensions...)
		}, gone), checks.ExtensionMissing, checks.Problem},

		{"extension recorded with a host of other software", all(off(1), func(s *platform.Snapshot) { inEdge(s).Software = platform.SoftwareJPKI }), checks.ExtensionOff, checks.Problem},
		{"removed by the user", all(gone, func(s *platform.Snapshot) { inEdge(s).Removed = true }), checks.ExtensionMissing, checks.Problem},

		{"all blocked", extensionRules(platform.ExtensionRule{ID: platform.AnyID, Mode: platform.ModeBlocked, Policy: blocklist}), checks.ExtensionBlocked, checks.Problem},
		{"all blocked, this one allowed", extensionRules(
			platform.ExtensionRule{ID: platform.AnyID, Mode: platform.ModeBlocked, Policy: blocklist},
			platform.ExtensionRule{ID: id, Mode: platform.ModeAllowed, Policy: allowlist},
		), checks.BrowserOK, checks.OK},
		{"blocked before allowed", extensionRules(
			platform.ExtensionRule{ID: id, Mode: platform.ModeAllowed, Policy: allowlist},
			platform.ExtensionRule{ID: id, Mode: platform.ModeBlocked, Policy: blocklist},
		), checks.ExtensionBlocked, checks.Problem},
		{"forced before blocked", extensionRules(
			platform.ExtensionRule{ID: id, Mode: platform.ModeBlocked, Policy: blocklist},
			platform.ExtensionRule{ID: id, Mode: platform.ModeForced, Policy: forcelist},
		), checks.BrowserOK, checks.OK},
		{"settings override the lists", extensionRules(
			platform.ExtensionRule{ID: id, Mode: platform.ModeForced, Policy: forcelist},
			platform.ExtensionRule{ID: id, Mode: platform.ModeRemoved, Policy: settings},
		), checks.ExtensionBlocked, checks.Problem},
		{"settings allow all", extensionRules(
			platform.ExtensionRule{ID: platform.AnyID, Mode: platform.ModeBlocked, Policy: blocklist},
			platform.ExtensionRule{ID: platform.AnyID, Mode: platform.ModeAllowed, Policy: settings},
		), checks.BrowserOK, checks.OK},
		{"the computer's policy wins", extensionRules(
			platform.ExtensionRule{ID: id, Mode: platform.ModeBlocked, Policy: settings, Scope: platform.ScopeUser},
			platform.ExtensionRule{ID: id, Mode: platform.ModeAllowed, Policy: settings, Scope: platform.ScopeMachine},
		), checks.BrowserOK, checks.OK},
		{"blocked and not installed", all(gone, extensionRules(platform.ExtensionRule{ID: id, Mode: platform.ModeBlocked, Policy: blocklist})), checks.ExtensionBlocked, checks.Problem},

		{"system not looked at", failed(platform.AreaSystem), checks.BrowserOK, checks.Unknown},
		{"browsers not looked at", failed(platform.AreaBrowsers), checks.BrowserOK, checks.Unknown},
		{"hosts not looked at", all(failed(platform.AreaHosts)), checks.HostMissing, checks.Unknown},
		{"neither hosts nor clients looked at", all(noHosts, noClients, failed(platform.AreaHosts), failed(platform.AreaClients)), checks.ClientMissing, checks.Unknown},
		{"clients not looked at", failed(platform.AreaClients), checks.ClientHung, checks.Unknown},
		{"profile not read", func(s *platform.Snapshot) {
			edge(s).Profiles[0].Look = platform.Failure(platform.WhyAccessDenied, nil)
		}, checks.ExtensionMissing, checks.Unknown},
		{"browser not read", func(s *platform.Snapshot) { edge(s).Look = platform.Failure(platform.WhyError, nil) }, checks.ExtensionMissing, checks.Unknown},
		{"no profile known", func(s *platform.Snapshot) { edge(s).Profiles = nil }, checks.ExtensionMissing, checks.Unknown},
		{"no extension asked for", func(s *platform.Snapshot) { edge(s).Profiles[0].Extensions = nil }, checks.ExtensionMissing, checks.Unknown},
		{"a system that nobody knows", func(s *platform.Snapshot) { s.System.OS = "plan9" }, checks.BrowserOK, checks.Unknown},
		{"Linux", func(s *platform.Snapshot) { s.System.OS = "linux" }, checks.BrowserOK, checks.Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, "healthy")
			tt.change(&s)
			want(t, checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken), tt.id, tt.status)
		})
	}
}

// want fails unless a finding is there, is the cause exactly when it is a
// problem, and nothing is said to be well beside it that is not. With no status
// the finding must not be there.
func want(t *testing.T, d checks.Diagnosis, id checks.ID, status checks.Status) {
	t.Helper()
	f := d.Find(id)
	if status == "" {
		if f != nil {
			t.Errorf("got %+v", f)
		}
		return
	}
	if f == nil || f.Status != status {
		t.Fatalf("want %s %s, got %+v", id, status, d.Findings)
	}
	if isCause := d.Cause != nil && d.Cause.ID == id; isCause != (status == checks.Problem) {
		t.Errorf("cause is %+v", d.Cause)
	}
	open := f.Step == checks.StepBrowser && (status == checks.Problem || status == checks.Unknown)
	if ok := d.Find(checks.BrowserOK); open && ok != nil && ok.Status == checks.OK {
		t.Errorf("the browser is said to be well beside %s %s", id, status)
	}
	seen := map[checks.ID]bool{}
	for _, f := range d.Findings {
		if seen[f.ID] {
			t.Errorf("%s is found twice", f.ID)
		}
		seen[f.ID] = true
	}
}

func TestAnotherBrowserWorks(t *testing.T) {
	s := computer(t, "extension-off")
	if got := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken).Cause.Evidence.WorksIn; !cmp.Equal(got, []string{"chrome"}) {
		t.Errorf("works in %v", got)
	}
	chrome(&s).Look = platform.Failure(platform.WhyError, nil)
	if got := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken).Cause.Evidence.WorksIn; got != nil {
		t.Errorf("works in %v, which could not be read", got)
	}
}

// Without a default browser the one in use counts, and of two that may be in
// use one that is ready will do.
func TestWhichBrowserCounts(t *testing.T) {
	tests := []struct {
		name   string
		change func(*platform.Snapshot)
		status checks.Status
		names  []string
	}{
		{"the one with a window", func(s *platform.Snapshot) { edge(s).Windows, edge(s).Running = 1, 3 }, checks.Problem, []string{"edge"}},
		{"the one that runs", func(s *platform.Snapshot) { edge(s).Windows, edge(s).Running = 0, 3 }, checks.Problem, []string{"edge"}},
		{"one of two is ready", func(s *platform.Snapshot) { edge(s).Windows, edge(s).Running = 0, 0 }, checks.Notice, []string{"edge"}},
		{"neither of two: one page of extensions at a time", func(s *platform.Snapshot) {
			edge(s).Windows, edge(s).Running = 0, 0
			chrome(s).Profiles = edge(s).Profiles
		}, checks.Problem, []string{"edge"}},
		{"neither of two, the one with a window first", func(s *platform.Snapshot) {
			edge(s).Default, edge(s).Windows = true, 0
			chrome(s).Profiles, chrome(s).Windows = edge(s).Profiles, 1
		}, checks.Problem, []string{"chrome"}},
		{"the default one beside one that is in use and ready", func(s *platform.Snapshot) {
			edge(s).Default, edge(s).Windows = true, 0
			chrome(s).Windows = 1
		}, checks.Notice, []string{"edge"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, "extension-off")
			edge(&s).Default = false
			tt.change(&s)
			d := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken)
			f := d.Find(checks.ExtensionOff)
			if f == nil || f.Status != tt.status || !cmp.Equal(f.Evidence.Browsers, tt.names) {
				t.Errorf("got %+v", f)
			}
			if ok := d.Find(checks.BrowserOK); (ok != nil) != (tt.status == checks.Notice) {
				t.Errorf("browser.ok: %+v", ok)
			}
		})
	}
}

// One that could not be looked at is not held against one that is ready.
func TestUnreadableBrowserBesideAReadyOne(t *testing.T) {
	s := computer(t, "healthy")
	edge(&s).Default, edge(&s).Windows, edge(&s).Running = false, 0, 0
	edge(&s).Look = platform.Failure(platform.WhyError, nil)
	d := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken)
	if f := d.Find(checks.BrowserOK); f == nil || !cmp.Equal(f.Evidence.Browsers, []string{"chrome"}) || d.Outcome() != checks.NothingToDo {
		t.Errorf("got %+v", d.Findings)
	}
}

// The default browser is fine, but the one on the screen is not: that is said,
// and nothing is called well.
func TestBrokenBrowserInUse(t *testing.T) {
	s := computer(t, "extension-off")
	edge(&s).Default, chrome(&s).Default = false, true
	d := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken)
	f := d.Find(checks.ExtensionOff)
	if f == nil || f.Status != checks.Notice || !cmp.Equal(f.Evidence.Browsers, []string{"edge"}) || !cmp.Equal(f.Evidence.WorksIn, []string{"chrome"}) {
		t.Errorf("got %+v", f)
	}
	if ok := d.Find(checks.BrowserOK); ok != nil {
		t.Errorf("the browser in use is called well: %+v", ok)
	}
}

// One that is on the screen and could not be looked at leaves the step open,
// unless another is on the screen as well and is ready.
func TestUnreadableBrowserInUse(t *testing.T) {
	s := computer(t, "healthy")
	edge(&s).Default, chrome(&s).Default = false, true
	edge(&s).Look = platform.Failure(platform.WhyError, nil)
	if d := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken); d.Outcome() != checks.Undetermined || d.Find(checks.BrowserOK) != nil {
		t.Errorf("got %+v", d.Findings)
	}
	chrome(&s).Windows = 1
	if d := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken); d.Outcome() != checks.NothingToDo {
		t.Errorf("got %+v", d.Findings)
	}
}

// A browser that opens links but was never started is not the one in use.
func TestDefaultThatWasNeverStarted(t *testing.T) {
	s := computer(t, "healthy")
	edge(&s).Look, edge(&s).Profiles, edge(&s).Windows, edge(&s).Running = platform.Absent(), nil, 0, 0
	if d := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken); d.Cause == nil || d.Cause.ID != checks.ExtensionMissing {
		t.Errorf("cause %+v", d.Cause)
	}
	for _, use := range []*int{&chrome(&s).Running, &chrome(&s).Windows} {
		*use = 1
		d := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken)
		if f := d.Find(checks.BrowserOK); f == nil || !cmp.Equal(f.Evidence.Browsers, []string{"chrome"}) {
			t.Errorf("got %+v", d.Findings)
		}
	}
}

// No switch cures these, so the advice must not be to turn one on.
func TestExtensionThatNoSwitchTurnsOn(t *testing.T) {
	for _, tt := range []struct {
		reasons []int
		want    []checks.Condition
	}{
		{[]int{16}, []checks.Condition{checks.Reinstall}},
		{[]int{8388608}, []checks.Condition{checks.Reinstall}},
		{[]int{2, 8388608}, []checks.Condition{checks.Reinstall}},
		{[]int{1, 16777216}, []checks.Condition{checks.Reinstall}},
		{[]int{8}, []checks.Condition{checks.OldBrowser}},
		{[]int{2048}, []checks.Condition{checks.Prompt}},
		{[]int{2, 32768}, []checks.Condition{checks.Prompt}},
		{[]int{524288}, []checks.Condition{checks.Prompt}},
		{[]int{1}, nil},
	} {
		s := computer(t, "healthy")
		off(tt.reasons...)(&s)
		f := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken).Cause
		if f == nil || f.ID != checks.ExtensionOff || !cmp.Equal(f.Evidence.Conditions, tt.want) {
			t.Errorf("%v: got %+v", tt.reasons, f)
		}
	}
}

// What another browser lacks as well is said of both only where it is the same.
func TestTwoBrowsersLackTheSame(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*platform.Snapshot)
		want   []string
	}{
		{"both", func(*platform.Snapshot) {}, []string{"edge", "chrome"}},
		{"for different reasons", func(s *platform.Snapshot) { chrome(s).Look = platform.Absent() }, []string{"edge"}},
	} {
		s := computer(t, "healthy")
		gone(&s)
		chrome(&s).Profiles, chrome(&s).Windows = edge(&s).Profiles, 1
		tt.change(&s)
		d := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken)
		if d.Cause == nil || d.Cause.ID != checks.ExtensionMissing || !cmp.Equal(d.Cause.Evidence.Browsers, tt.want) {
			t.Errorf("%s: cause %+v", tt.name, d.Cause)
		}
	}
}

func TestBackgroundByPolicy(t *testing.T) {
	s := computer(t, "hpki-healthy")
	edge(&s).Windows, edge(&s).Policies.StartupBoost = 0, platform.SwitchOn
	f := checks.Diagnose(s, checks.Question{Purpose: checks.HPKI}, s.Taken).Find(checks.BrowserBackground)
	if f == nil || !cmp.Equal(f.Evidence.Conditions, []checks.Condition{checks.ByPolicy}) || !cmp.Equal(f.Evidence.Policies, []string{"StartupBoostEnabled"}) {
		t.Errorf("got %+v", f)
	}
}

func TestMissingClientExplainsTheRest(t *testing.T) {
	s := computer(t, "client-missing")
	off(1)(&s)
	d := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken)
	if d.Cause == nil || d.Cause.ID != checks.ClientMissing || !cmp.Equal(d.Cause.Hides, []checks.ID{checks.ExtensionOff}) {
		t.Errorf("cause %+v", d.Cause)
	}
}

// A host and an extension do not explain each other; the host comes first.
func TestHostAndExtensionAreIndependent(t *testing.T) {
	s := computer(t, "host-broken")
	off(1)(&s)
	d := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken)
	if f := d.Find(checks.ExtensionOff); d.Cause.ID != checks.HostBroken || f == nil || f.Status != checks.Problem {
		t.Errorf("cause %+v, extension %+v", d.Cause, f)
	}
}

// e-Tax's own software is judged where the computer knows it, and what stood in
// for it is said where not.
func TestETaxSoftware(t *testing.T) {
	s := computer(t, "healthy")
	if e := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken).Find(checks.BrowserOK).Evidence; e.Software != platform.SoftwareMynaportal || e.Purpose != checks.ETax {
		t.Errorf("evidence %+v", e)
	}
	const id = "abcdefghijklmnopabcdefghijklmnop"
	h := s.Hosts.List[0]
	h.Name, h.Software, h.Origins = "jp.go.nta.example", platform.SoftwareETax, []string{id}
	s.Hosts.List = append(s.Hosts.List, h)
	p := &edge(&s).Profiles[0]
	p.Extensions = append(p.Extensions, platform.Extension{ID: id, Software: platform.SoftwareETax})
	if d := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken); d.Cause == nil || d.Cause.ID != checks.ExtensionMissing || d.Cause.Evidence.Software != platform.SoftwareETax {
		t.Errorf("cause %+v", d.Cause)
	}
	if d := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken); d.Cause != nil {
		t.Errorf("Mynaportal does not need it: %+v", d.Cause)
	}
	x := &p.Extensions[len(p.Extensions)-1]
	x.Installed, x.Enabled = true, true
	if f := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken).Find(checks.BrowserOK); f == nil || f.Evidence.Software != platform.SoftwareETax || f.Evidence.Purpose != checks.ETax {
		t.Errorf("browser.ok: %+v", f)
	}
	off(1)(&s) // Mynaportal's
	d := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken)
	if f := d.Find(checks.ExtensionOff); d.Cause != nil || f == nil || f.Status != checks.Notice || f.Evidence.Software != platform.SoftwareMynaportal || f.Evidence.Purpose != "" {
		t.Errorf("Mynaportal's: %+v", f)
	}
}

// An extension may call itself what it likes.
func TestNameOfAnExtensionIsNotETax(t *testing.T) {
	s := computer(t, "healthy")
	p := &edge(&s).Profiles[0]
	p.Extensions = append(p.Extensions, platform.Extension{ID: "abcdefghijklmnopabcdefghijklmnop", Software: platform.SoftwareETax, Name: "e-Tax連携", Installed: true})
	if d := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken); d.Cause != nil || d.Find(checks.BrowserOK).Evidence.Software != platform.SoftwareMynaportal {
		t.Errorf("cause %+v", d.Cause)
	}
}

// While any part is being looked at, the step is one thing that is pending.
func TestBrowserStepIsPendingOnce(t *testing.T) {
	for _, a := range []platform.Area{platform.AreaBrowsers, platform.AreaHosts, platform.AreaClients} {
		s := computer(t, "extension-off")
		*s.Look(a) = platform.Look{}
		got := checks.Diagnose(s, checks.Question{Purpose: checks.Mynaportal}, s.Taken).Step(checks.StepBrowser)
		got = slices.DeleteFunc(got, func(f checks.Finding) bool { return f.Status == checks.Skipped })
		if len(got) != 1 || !got[0].Pending() {
			t.Errorf("%s: %+v", a, got)
		}
	}
}

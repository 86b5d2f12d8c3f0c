package checks_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/rules"
)

// Changes that make a finding rest on a rule, or on none.

func firefoxToo(s *platform.Snapshot) {
	for i := range s.Browsers.List {
		s.Browsers.List[i].Default = false
	}
	s.Browsers.List = append(s.Browsers.List, platform.Browser{Look: platform.Seen(), Name: "firefox", Default: true})
}

func otherBrowser(s *platform.Snapshot) {
	edge(s).Default, chrome(s).Default = false, false
	s.Browsers.DefaultOther = true
}

func noBrowsers(s *platform.Snapshot) { s.Browsers.List = nil }

// notTheExtension leaves out of all profiles the extensions of the software.
func notTheExtension(s *platform.Snapshot) {
	for i := range s.Browsers.List {
		for j := range s.Browsers.List[i].Profiles {
			for k, x := range s.Browsers.List[i].Profiles[j].Extensions {
				s.Browsers.List[i].Profiles[j].Extensions[k] = platform.Extension{ID: x.ID, Software: x.Software}
			}
		}
	}
}

// origins makes all hosts allow one extension.
func origins(ids ...string) func(*platform.Snapshot) {
	return func(s *platform.Snapshot) {
		for i := range s.Hosts.List {
			s.Hosts.List[i].Origins = ids
		}
	}
}

func newCA(s *platform.Snapshot) {
	for i := range s.Cards.List[0].Certificates {
		c := &s.Cards.List[0].Certificates[i]
		c.SHA256, c.IssuerID = "00", "00"
		if c.Chain != "" {
			c.Chain = platform.ChainUnchecked
		}
	}
}

func systemRule(t *testing.T, service platform.Software, os string) rules.Rule {
	t.Helper()
	for _, r := range rules.Systems {
		if r.Service == service && r.OS == os {
			return r.Rule
		}
	}
	t.Fatalf("no rule about %s for %s", os, service)
	return rules.Rule{}
}

func browserRule(t *testing.T, service platform.Software, os string) rules.Rule {
	t.Helper()
	for _, r := range rules.BrowserLists {
		if r.Service == service && r.OS == os {
			return r.Rule
		}
	}
	t.Fatalf("no rule about browsers on %s for %s", os, service)
	return rules.Rule{}
}

// A finding that rests on a rule tells of what day the rule is, and after the
// rule's last day that it may have changed. By then it is no graver.
func TestOldRules(t *testing.T) {
	const etax, mynaportal, hpki = platform.SoftwareETax, platform.SoftwareMynaportal, platform.SoftwareHPKI
	windows10 := func(s *platform.Snapshot) { s.System.Version = "10.0.19045" }
	server := func(s *platform.Snapshot) { s.System.Server = true }
	tests := []struct {
		name     string
		computer string
		purpose  checks.Purpose
		change   func(*platform.Snapshot)
		id       checks.ID
		rule     rules.Rule
		before   checks.Status
		after    checks.Status
	}{
		{"Windows that was dropped", "healthy", checks.ETax, windows10, checks.SystemOSUnsupported, systemRule(t, etax, "windows"), checks.Problem, checks.Problem},
		{"the same, nobody asks for e-Tax", "healthy", checks.Any, windows10, checks.SystemOSUnsupported, systemRule(t, etax, "windows"), checks.Notice, checks.Notice},
		{"Windows for servers", "healthy", checks.ETax, server, checks.SystemOSUnsupported, systemRule(t, etax, "windows"), checks.Problem, checks.Problem},
		{"macOS after the list", "mac-healthy", checks.ETax, version("26.1"), checks.SystemOSUnsupported, systemRule(t, etax, "darwin"), checks.Notice, checks.Notice},
		{"Mac that the manual does not name", "mac-healthy", checks.HPKI, func(*platform.Snapshot) {}, checks.SystemOSUnsupported, systemRule(t, hpki, "darwin"), checks.Problem, checks.Notice},
		{"its browsers", "mac-healthy", checks.HPKI, func(*platform.Snapshot) {}, checks.BrowserOK, systemRule(t, hpki, "darwin"), checks.Skipped, checks.Unknown},

		{"no browser for e-Tax", "healthy", checks.ETax, noBrowsers, checks.BrowserUnsupported, browserRule(t, etax, "windows"), checks.Problem, checks.Problem},
		{"links open elsewhere", "healthy", checks.ETax, otherBrowser, checks.BrowserUnsupported, browserRule(t, etax, "windows"), checks.Notice, checks.Notice},
		{"links open in Firefox, Mynaportal", "healthy", checks.Mynaportal, firefoxToo, checks.BrowserUnsupported, browserRule(t, mynaportal, "windows"), checks.Notice, checks.Notice},
		{"links open in Firefox, HPKI", "hpki-healthy", checks.HPKI, firefoxToo, checks.BrowserUnsupported, browserRule(t, hpki, "windows"), checks.Notice, checks.Notice},
		{"links open in Chrome on a Mac", "mac-healthy", checks.ETax, chromeToo, checks.BrowserUnsupported, browserRule(t, etax, "darwin"), checks.Notice, checks.Notice},
		{"links open in Chrome on a Mac, Mynaportal", "mac-healthy", checks.Mynaportal, all(chromeToo, noHosts), checks.BrowserUnsupported, browserRule(t, mynaportal, "darwin"), checks.Notice, checks.Notice},

		{"known extension missing", "healthy", checks.Mynaportal, all(notTheExtension, origins()), checks.ExtensionMissing, rules.Extensions[0].Rule, checks.Problem, checks.Problem},
		{"known extension missing, JPKI", "healthy", checks.HPKI, all(notTheExtension, origins()), checks.ExtensionMissing, rules.Extensions[1].Rule, checks.Notice, checks.Notice},
		{"known extension that the host does not know", "healthy", checks.Mynaportal, origins("another"), checks.HostBroken, rules.Extensions[0].Rule, checks.Problem, checks.Problem},

		{"new CA, My Number Card", "healthy", checks.Any, newCA, checks.CertUnknownIssuer, rules.JPKI.Rule, checks.Notice, checks.Notice},
		{"new CA, My Number Card of a new kind", "healthy", checks.Any, all(newCA, func(s *platform.Snapshot) {
			s.Cards.List[0].Kind = platform.KindMyNumberUnknown
		}), checks.CertUnknownIssuer, rules.JPKI.Rule, checks.Notice, checks.Notice},
		{"new CA, HPKI", "hpki-healthy", checks.Any, newCA, checks.CertUnknownIssuer, rules.HPKI.Rule, checks.Notice, checks.Notice},
		{"CA that was renewed, MEDIS", "hpki-healthy", checks.HPKI, all(issuer(medis, "aa"), ca(medis, "bb", onDay(2025, 3, 16))), checks.StoreCAOutdated, rules.Renewals[0].Rule, checks.Notice, checks.Notice},
		{"CA that was renewed, JMA", "hpki-healthy", checks.HPKI, all(issuer(jma, "aa"), ca(jma, "bb", onDay(2024, 11, 14))), checks.StoreCAOutdated, rules.Renewals[1].Rule, checks.Notice, checks.Notice},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, tt.computer)
			tt.change(&s)
			last, err := time.ParseInLocation(time.DateOnly, tt.rule.ReviewBy, checks.Japan)
			if err != nil {
				t.Fatal(err)
			}
			for _, on := range []struct {
				now      time.Time
				outdated bool
				status   checks.Status
			}{
				{last.Add(24*time.Hour - time.Second), false, tt.before},
				{last.Add(24 * time.Hour), true, tt.after},
			} {
				f := checks.Diagnose(s, checks.Question{Purpose: tt.purpose}, on.now).Find(tt.id)
				if f == nil || f.Evidence.AsOf != tt.rule.AsOf || f.Evidence.Outdated != on.outdated {
					t.Fatalf("at %s: %+v", on.now, f)
				}
				clockIsWrong := on.now.Format(time.DateOnly) < rules.Compiled // which makes others moot
				if f.Status != on.status && !(clockIsWrong && f.Status == checks.Skipped) {
					t.Errorf("at %s: %s, want %s", on.now, f.Status, on.status)
				}
			}
		})
	}
}

// What a computer says itself does not age, nor does what nobody knows.
func TestFindingsThatRestOnNoRule(t *testing.T) {
	var none rules.Rule
	tests := []struct {
		name     string
		computer string
		purpose  checks.Purpose
		change   func(*platform.Snapshot)
		id       checks.ID
	}{
		{"software for a newer macOS", "mac-healthy", checks.ETax, version("12.7"), checks.SystemOSUnsupported},
		{"version of macOS not told", "mac-healthy", checks.ETax, version("x"), checks.SystemOSUnsupported},
		{"version of Windows not told", "healthy", checks.ETax, version("x"), checks.SystemOSUnsupported},
		{"extension that a host tells", "healthy", checks.Mynaportal, notTheExtension, checks.ExtensionMissing},
		{"known extension off", "healthy", checks.Mynaportal, all(origins(), off(1)), checks.ExtensionOff},
		{"extension of another id", "healthy", checks.Mynaportal, all(notTheExtension, origins("another"), func(s *platform.Snapshot) { inEdge(s).ID = "another" }), checks.ExtensionMissing},
		{"browser that was never opened", "healthy", checks.Mynaportal, all(origins(), func(s *platform.Snapshot) {
			s.Browsers.List = s.Browsers.List[:1]
			edge(s).Look, edge(s).Profiles, edge(s).Windows = platform.Absent(), nil, 0
		}), checks.ExtensionMissing},
		{"known CA", "healthy", checks.Any, func(*platform.Snapshot) {}, checks.CertOK},
		{"new CA", "healthy", checks.Any, newCA, checks.CertOK},
		{"CA of a security key", "healthy", checks.Any, all(newCA, func(s *platform.Snapshot) {
			s.Cards.List[0].Kind, s.Cards.List[0].Certificates[0].Role = platform.KindPIV, platform.RolePIV
		}), checks.CertUnknownIssuer},
		{"CA certificate that did not sign", "hpki-healthy", checks.HPKI, func(s *platform.Snapshot) { mine(s).Chain = platform.ChainBroken }, checks.StoreCAOutdated},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, tt.computer)
			tt.change(&s)
			f := checks.Diagnose(s, checks.Question{Purpose: tt.purpose}, onDay(2100, 1, 1)).Find(tt.id)
			if f == nil || f.Evidence.AsOf != none.AsOf || f.Evidence.Outdated {
				t.Errorf("got %+v", f)
			}
		})
	}
}

// The versions that a list names are told, as they stand in the list.
func TestListedVersions(t *testing.T) {
	s := computer(t, "mac-healthy")
	version("26.1")(&s)
	if e := checks.Diagnose(s, checks.Question{Purpose: checks.ETax}, s.Taken).Find(checks.SystemOSUnsupported).Evidence; e.Listed != "12–15" {
		t.Errorf("listed: %q", e.Listed)
	}
}

// What ages stands in package rules: no date, id or fingerprint is written here.
func TestNothingThatAgesStandsHere(t *testing.T) {
	ages := regexp.MustCompile(`20\d\d-[01]\d|^"[a-p]{32}"$|^"[0-9a-f]{40,}"$`)
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("files %v: %v", files, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && ages.MatchString(lit.Value) {
				t.Errorf("%s: %s", set.Position(lit.Pos()), lit.Value)
			}
			if call, ok := n.(*ast.CallExpr); ok && isDate(call) {
				t.Errorf("%s: a date", set.Position(call.Pos()))
			}
			return true
		})
	}
}

// isDate reports whether a call is time.Date with a year in numbers.
func isDate(call *ast.CallExpr) bool {
	of, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || of.Sel.Name != "Date" || len(call.Args) == 0 {
		return false
	}
	_, isNumber := call.Args[0].(*ast.BasicLit)
	return isNumber
}

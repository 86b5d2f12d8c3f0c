package checks_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

// A row is how the hosts of the service answered, on a healthy computer.
func TestReachable(t *testing.T) {
	const (
		none  = platform.WhyUnreachable
		slow  = platform.WhyTimedOut
		bad   = platform.WhyBadAnswer
		login = platform.WhyProxyAuth
	)
	pac := proxyOf(platform.Proxy{Mode: platform.ProxyPAC})
	tests := []struct {
		name    string
		change  func(*platform.Snapshot)
		purpose checks.Purpose
		id      checks.ID
		status  checks.Status
		why     []checks.Condition
	}{
		{"not asked", func(*platform.Snapshot) {}, checks.ETax, checks.SystemUnreachable, "", nil},
		{"no such thing", func(s *platform.Snapshot) { s.Online.Look = platform.Absent() }, checks.ETax, checks.SystemUnreachable, "", nil},
		{"still asking", func(s *platform.Snapshot) { s.Online.Look = platform.Look{} }, checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"asking failed", func(s *platform.Snapshot) { s.Online.Look = platform.Failure(platform.WhyError, nil) }, checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"no hosts to ask", asked(), checks.ETax, checks.SystemUnreachable, "", nil},
		{"all answered", asked("", ""), checks.ETax, checks.SystemUnreachable, "", nil},
		{"one answered", asked(none, login, ""), checks.ETax, checks.SystemUnreachable, "", nil},
		{"one answered, another met a proxy", asked(login, ""), checks.ETax, checks.SystemProxyAuth, "", nil},
		{"none answered", asked(none, slow), checks.ETax, checks.SystemUnreachable, checks.Problem, nil},
		{"none answered HPKI-KAGURA", asked(none), checks.HPKI, checks.SystemUnreachable, checks.Problem, nil},
		{"somebody else answered", asked(bad, bad), checks.ETax, checks.SystemUnreachable, checks.Problem, because(checks.Intercepted)},
		{"somebody else answered for one", asked(bad, none), checks.ETax, checks.SystemUnreachable, checks.Problem, nil},
		{"the proxy wants a login", asked(none, login), checks.ETax, checks.SystemProxyAuth, checks.Problem, nil},
		{"the proxy wants a login, by script", all(asked(login), pac), checks.ETax, checks.SystemProxyAuth, checks.Problem, nil},
		{"none answered, the proxy is found by a script", all(asked(none), pac), checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"none answered, the proxy is found out", all(asked(bad), proxyOf(platform.Proxy{Mode: platform.ProxyDetect})), checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"none answered, the proxy is not known", all(asked(none), func(s *platform.Snapshot) {
			s.Network.Proxies[0].Look = platform.Failure(platform.WhyAccessDenied, nil)
		}), checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"none answered, the network is not known", all(asked(none), failed(platform.AreaNetwork)), checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"none tried, the proxy speaks no HTTP", all(asked(platform.WhyNotBuilt), manualProxy), checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"one not tried, another did not answer", all(asked(none, platform.WhyNotBuilt), manualProxy), checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"none answered, services have a script", all(asked(none), func(s *platform.Snapshot) {
			s.Network.Proxies = append(s.Network.Proxies, platform.Proxy{Look: platform.Seen(), Source: platform.ProxyMachine, Mode: platform.ProxyPAC})
		}), checks.ETax, checks.SystemUnreachable, checks.Problem, nil},
		{"none answered, by hand", all(asked(none), manualProxy), checks.ETax, checks.SystemUnreachable, checks.Problem, nil},
		{"the card alone", asked(none), checks.Any, checks.SystemUnreachable, checks.Skipped, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := computer(t, "healthy")
			tt.change(&s)
			d := checks.Diagnose(s, checks.Question{Purpose: tt.purpose}, s.Taken)
			f := d.Find(tt.id)
			if tt.status == "" {
				if f != nil {
					t.Fatalf("got %+v", f)
				}
				return
			}
			if f == nil || f.Status != tt.status {
				t.Fatalf("got %+v", f)
			}
			if isCause := d.Cause != nil && d.Cause.ID == tt.id; isCause != (tt.status == checks.Problem) {
				t.Errorf("cause %+v", d.Cause)
			}
			if diff := cmp.Diff(tt.why, f.Evidence.Conditions); diff != "" {
				t.Errorf("conditions (-want +got):\n%s", diff)
			}
			if f.Status == checks.Problem && !cmp.Equal(f.Evidence.Sites, s.Online.Sites) {
				t.Errorf("sites %+v", f.Evidence.Sites)
			}
		})
	}
}

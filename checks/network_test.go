package checks_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
	"yomitori/platform"
)

// proxies are set by hand.
func proxies(list string) func(*platform.Snapshot) {
	return proxyOf(platform.Proxy{Mode: platform.ProxyManual, Server: list})
}

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
		{"one answered", asked(none, login, ""), checks.ETax, checks.SystemUnreachable, checks.Notice, nil},
		{"one answered, the proxy is found by a script", all(asked(none, ""), pac), checks.ETax, checks.SystemUnreachable, "", nil},
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
		{"none answered, a proxy of SOCKS only", all(asked(none), proxies("socks=proxy.example:1080")), checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"the same, in other words", all(asked(none), proxies("socks5://proxy.example:1080")), checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"none answered, a proxy of SOCKS for the rest", all(asked(none), proxies("http=proxy.example:80;socks=proxy.example:1080")), checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"none answered, a proxy of SOCKS beside", all(asked(none), proxies("HTTPS=proxy.example:80;socks=proxy.example:1080")), checks.ETax, checks.SystemUnreachable, checks.Problem, nil},
		{"none answered, a proxy for other addresses", all(asked(none), proxies("http=http://proxy.example")), checks.ETax, checks.SystemUnreachable, checks.Problem, nil},
		{"none answered, a proxy without a name", all(asked(none), proxies("https=")), checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"none answered, a proxy that a report masks", all(asked(none), proxies("«server 1»")), checks.ETax, checks.SystemUnreachable, checks.Unknown, nil},
		{"the same, and it was asked", all(asked(none), proxies("«server 1»"), func(s *platform.Snapshot) { s.Online.Sites[0].ViaProxy = true }), checks.ETax, checks.SystemUnreachable, checks.Problem, nil},
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

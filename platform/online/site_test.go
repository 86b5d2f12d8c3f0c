package online_test

import (
	"net/http"
	"testing"

	"yomitori/platform"
	"yomitori/platform/online"
)

const service = platform.SoftwareETax

// sites are hosts of the service, and one of another.
func sites(hosts ...string) []platform.Site {
	list := []platform.Site{{Host: "other.example", Software: platform.SoftwareMynaportal}}
	for _, h := range hosts {
		list = append(list, platform.Site{Host: h, Software: service})
	}
	return list
}

func TestSites(t *testing.T) {
	status := func(head, get int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "https://elsewhere.example/")
			if r.Method == http.MethodHead {
				w.WriteHeader(head)
				return
			}
			w.WriteHeader(get)
		}
	}
	tests := []struct {
		name   string
		handle http.HandlerFunc
		asked  int32
		want   platform.SiteAnswer
	}{
		{"answers", status(200, 500), 1, platform.SiteAnswer{Look: platform.Seen(), Status: 200}},
		{"sends on", status(302, 500), 1, platform.SiteAnswer{Look: platform.Seen(), Status: 302}},
		{"refuses HEAD", status(405, 200), 2, platform.SiteAnswer{Look: platform.Seen(), Status: 200}},
		{"refuses us", status(403, 403), 2, platform.SiteAnswer{Look: platform.Seen(), Status: 403}},
		{"is down for maintenance", status(503, 200), 1, platform.SiteAnswer{Look: platform.Seen(), Status: 503}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serveTLS(t, tt.handle)
			o := online.Options{Roots: trust(s), Sites: sites(s.Listener.Addr().String())}
			tt.want.Host = s.Listener.Addr().String()
			got := asked(t, still(), o, service)
			same(t, platform.Online{Look: platform.Seen(), Sites: []platform.SiteAnswer{tt.want}}, got)
			if n := s.came.Load(); n != tt.asked {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

func TestSitesThatCannotBeReached(t *testing.T) {
	stranger := serveTLS(t, body(nil)) // whom nobody trusts
	plain := serve(t, body(nil))       // speaks no TLS
	closed := serve(t, body(nil))
	closed.Close()
	hosts := []string{stranger.Listener.Addr().String(), plain.Listener.Addr().String(), closed.Listener.Addr().String()}
	got := asked(t, still(), online.Options{Sites: sites(hosts...)}, service)
	same(t, []platform.SiteAnswer{
		{Look: failure(platform.WhyBadAnswer), Host: hosts[0]},
		{Look: failure(platform.WhyBadAnswer), Host: hosts[1]},
		{Look: failure(platform.WhyUnreachable), Host: hosts[2]},
	}, got.Sites)
	for _, s := range got.Sites {
		if s.Detail == "" {
			t.Errorf("%s: no detail", s.Host)
		}
	}
}

// Without a service there is no host to try.
func TestNoServiceNoSites(t *testing.T) {
	same(t, platform.Online{Look: platform.Seen()}, asked(t, still(), online.Options{}, platform.SoftwareNone))
}

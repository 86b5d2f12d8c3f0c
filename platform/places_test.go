package platform_test

import (
	"net/url"
	"slices"
	"testing"

	"yomitori/platform"
)

func TestPagesOfPlaces(t *testing.T) {
	hosts := []string{"chromewebstore.google.com", "www.jmaca.med.or.jp"}
	for _, s := range platform.Sites {
		hosts = append(hosts, s.Host)
	}
	for _, p := range platform.Places {
		page := p.Page()
		if p.OnTheInternet() != (page != "") {
			t.Errorf("%s: page %q", p, page)
		}
		if page == "" {
			continue
		}
		if u, err := url.Parse(page); err != nil || u.Scheme != "https" || !slices.Contains(hosts, u.Host) || u.RawQuery != "" {
			t.Errorf("%s: %s, %v", p, page, err)
		}
	}
}

package platform_test

import (
	"strings"
	"testing"

	"yomitori/platform"
)

func TestServiceHosts(t *testing.T) {
	own := []string{
		"nta.go.jp", "www.nta.go.jp", "e-tax.nta.go.jp", "login.e-tax.nta.go.jp", "x.login.e-tax.nta.go.jp", "keisan.nta.go.jp",
		"myna.go.jp", "foo.myna.go.jp", "a.b.oss.myna.go.jp", "jpki.go.jp", "www3.jpki.go.jp", "a_b.jpki.go.jp",
		"2nds.medis.or.jp", "new.2nds.medis.or.jp",
	}
	for _, s := range platform.Sites {
		own = append(own, s.Host)
	}
	for _, host := range own {
		if !platform.IsServiceHost(host) {
			t.Errorf("%q is none", host)
		}
	}
	for _, host := range []string{
		"", ".", "jp", "go.jp", "or.jp", "medis.or.jp", "www.medis.or.jp", "ta.go.jp", "nds.medis.or.jp",
		"evilnta.go.jp", "www.evilnta.go.jp", "xmyna.go.jp", "xjpki.go.jp", "x2nds.medis.or.jp", "e-tax.evilnta.go.jp",
		"nta.go.jp.example.com", "www.e-tax.nta.go.jp.example.com", "nta.go.jp.", ".nta.go.jp", "a..nta.go.jp", "nta_go_jp",
		"WWW.NTA.GO.JP", "a/b.nta.go.jp", `a\b.nta.go.jp`, "a:b.nta.go.jp", "%.nta.go.jp", "あ.nta.go.jp", "a\x00.nta.go.jp",
		strings.Repeat("a", 64) + ".nta.go.jp", strings.Repeat("a.", 125) + "nta.go.jp",
	} {
		if platform.IsServiceHost(host) {
			t.Errorf("%q is one", host)
		}
	}
}

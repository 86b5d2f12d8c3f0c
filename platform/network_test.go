package platform_test

import (
	"testing"

	"yomitori/platform"
)

func TestWithoutLogin(t *testing.T) {
	for given, want := range map[string]string{
		"":                               "",
		"proxy:8080":                     "proxy:8080",
		"taro:secret@proxy.example:8080": "proxy.example:8080",
		"http=taro:s@p:80;https=https://t:s@q:443/x": "http=p:80;https=https://q:443/x",
		"http://taro:p@ss@proxy/proxy.pac":           "http://proxy/proxy.pac",
		"https=a@b c@d":                              "https=b d",
	} {
		if got := platform.WithoutLogin(given); got != want {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}

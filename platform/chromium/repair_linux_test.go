package chromium_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/chromium/chromiumtest"
)

const (
	listed = "https://login.e-tax.nta.go.jp"
	below  = "https://x.login.e-tax.nta.go.jp" // in no list, but a service's own
	other  = "https://www.medis.or.jp"         // near a listed host, and none
	like   = "https://www.evilnta.go.jp"       // only looks like one
)

// loggedIn is a browser that was logged in to a listed host and to another.
func loggedIn(t *testing.T, folder string) chromiumtest.Browser {
	t.Helper()
	chromiumtest.Require(t)
	b := chromiumtest.Browser{UserData: folder, Server: chromiumtest.Serve(t)}
	b.Visit(t, listed+"/login?domain=nta.go.jp")
	b.Visit(t, other+"/login?domain=medis.or.jp")
	return b
}

// visits goes to sites, and looks at what they are sent and have.
func visits(t *testing.T, b chromiumtest.Browser, cookies string, database bool, sites ...string) {
	t.Helper()
	for _, s := range sites {
		chromiumtest.Has(t, b.Visit(t, s+"/"), cookies, database)
	}
}

func TestClearSiteData(t *testing.T) {
	b := loggedIn(t, t.TempDir())
	b.Visit(t, below+"/login")
	b.Visit(t, like+"/login?domain=evilnta.go.jp")
	u, kept := openUserData(t, b.UserData, ""), t.TempDir()
	changes := planSiteData(t, u)
	want := []string{
		"cookies login.e-tax.nta.go.jp 1", "cookies nta.go.jp 1", "cookies x.login.e-tax.nta.go.jp 1",
		"site-folder login.e-tax.nta.go.jp", "site-folder x.login.e-tax.nta.go.jp",
	}
	var got []string
	for _, c := range changes {
		line := fmt.Sprint(c.Kind, " ", c.Host)
		if c.Kind == platform.ChangeCookies {
			line += fmt.Sprint(" ", c.Count)
		}
		got = append(got, line)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	makeAll(t, u, changes, kept)
	if left := planSiteData(t, u); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	visits(t, b, "", false, listed, below)
	visits(t, b, "above=1 session=1", true, other, like)

	takeAllBack(t, u, changes, kept)
	visits(t, b, "above=1 session=1", true, listed, below, other, like)
}

// A login that was made after the repair stays when the repair is taken back, and
// it is told where that kept anything from coming back.
func TestLoginSinceStays(t *testing.T) {
	b := loggedIn(t, t.TempDir())
	u, kept := openUserData(t, b.UserData, ""), t.TempDir()
	changes := planSiteData(t, u)
	makeAll(t, u, changes, kept)
	b.Visit(t, listed+"/login?value=2")
	for range 2 {
		for _, c := range changes {
			err := u.TakeBack(t.Context(), c, kept)
			if c.Kind == platform.ChangeSiteFolder {
				wantsWhy(t, err, platform.RepairChanged)
			} else if err != nil {
				t.Error(err)
			}
		}
	}
	chromiumtest.Has(t, b.Visit(t, listed+"/"), "above=1 session=2", true)
}

func TestClearCache(t *testing.T) {
	b := loggedIn(t, t.TempDir())
	u := openUserData(t, b.UserData, "")
	changes, err := u.PlanCache()
	if err != nil {
		t.Fatal(err)
	}
	if len(changes) == 0 {
		t.Fatal("the browser has no cache")
	}
	makeAll(t, u, changes, t.TempDir())
	makeAll(t, u, changes, t.TempDir())
	if left, err := u.PlanCache(); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	chromiumtest.Has(t, b.Visit(t, listed+"/"), "above=1 session=1", true)
}

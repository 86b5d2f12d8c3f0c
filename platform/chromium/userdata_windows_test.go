package chromium_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/sys/windows"

	"yomitori/platform"
)

// shareWithNobody opens a file as Chrome opens its cookies while it runs, and
// LevelDB its lock (facts/os-browser.md 5.1).
func shareWithNobody(t *testing.T, file string) (release func()) {
	t.Helper()
	name, err := windows.UTF16PtrFromString(file)
	if err != nil {
		t.Fatal(err)
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE, 0, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return func() { windows.CloseHandle(h) }
}

func TestFilesThatAreSharedWithNobody(t *testing.T) {
	userData := makeProfile(t)
	u, kept := openUserData(t, userData, ""), t.TempDir()
	changes := planSiteData(t, u)
	releaseCookies := shareWithNobody(t, cookiesIn(userData))
	releaseFolder := shareWithNobody(t, filepath.Join(siteFolderIn(userData), "000003.log"))
	_, err := u.PlanSiteData(t.Context())
	wantsWhy(t, err, platform.RepairLocked)
	for _, c := range changes {
		if c.Kind == platform.ChangeSiteFolder && c.Path != siteFolderIn(userData) {
			continue
		}
		_, err := u.MakeChange(t.Context(), c, kept)
		wantsWhy(t, err, platform.RepairLocked)
	}
	releaseCookies()
	releaseFolder()
	makeAll(t, u, changes, kept)
	equal(t, "rows that stay", rows("old", keysThatStay...), rowsOf(t, cookiesIn(userData)))
}

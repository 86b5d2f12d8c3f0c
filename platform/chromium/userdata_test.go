package chromium_test

import (
	"context"
	"database/sql"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

func TestOnlyTheServices(t *testing.T) {
	userData := makeProfile(t)
	before := filesIn(t, userData)
	u, kept := openUserData(t, userData, ""), t.TempDir()
	changes := planSiteData(t, u)
	equal(t, "planning", before, filesIn(t, userData))
	makeAll(t, u, changes, kept)
	equal(t, "rows that stay", rows("old", keysThatStay...), rowsOf(t, cookiesIn(userData)))
	after := maps.Clone(before)
	maps.DeleteFunc(after, func(name, _ string) bool { return strings.Contains(name, "e-tax") })
	equal(t, "files that stay", after, filesIn(t, userData))

	makeAll(t, u, changes, kept) // again, and nothing of it is lost
	takeAllBack(t, u, changes, kept)
	takeAllBack(t, u, changes, kept)
	equal(t, "rows", rows("old", slices.Concat(keysThatGo, keysThatStay)...), rowsOf(t, cookiesIn(userData)))
	equal(t, "files", before, filesIn(t, userData))
}

func TestFoldersOfTheServices(t *testing.T) {
	userData := filepath.Join(t.TempDir(), "User Data")
	goes := []string{
		"https_nta.go.jp_0.indexeddb.leveldb", "https_x.login.e-tax.nta.go.jp_0.indexeddb.blob", "https_foo.myna.go.jp_0.indexeddb.leveldb",
		"https_www3.jpki.go.jp_0.indexeddb.leveldb", "https_2nds.medis.or.jp_0.indexeddb.leveldb",
	}
	stays := []string{
		"https_go.jp_0.indexeddb.leveldb", "https_medis.or.jp_0.indexeddb.leveldb", "https_www.medis.or.jp_0.indexeddb.leveldb",
		"https_evilnta.go.jp_0.indexeddb.leveldb", "https_nta.go.jp.example.com_0.indexeddb.leveldb", "https_.nta.go.jp_0.indexeddb.leveldb",
		"nta.go.jp_0.indexeddb.leveldb", "https_nta.go.jp_0.localstorage", "https_nta.go.jp",
		"http_nta.go.jp_0.indexeddb.leveldb", "chrome-extension_nta.go.jp_0.indexeddb.leveldb",
	}
	for _, name := range slices.Concat(goes, stays) {
		writeFile(t, filepath.Join(userData, "Default/IndexedDB", name, "LOG"), "x")
	}
	u := openUserData(t, userData, "")
	changes := planSiteData(t, u)
	var got []string
	for _, c := range changes {
		got = append(got, filepath.Base(c.Path))
	}
	slices.Sort(goes)
	slices.Sort(got)
	if d := cmp.Diff(goes, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	kept := t.TempDir()
	makeAll(t, u, changes, kept)
	for _, name := range stays {
		if _, err := os.Stat(filepath.Join(userData, "Default/IndexedDB", name, "LOG")); err != nil {
			t.Error(err)
		}
	}
	takeAllBack(t, u, changes, kept)
	if again := planSiteData(t, u); len(again) != len(goes) {
		t.Errorf("%d came back", len(again))
	}
}

// A database that the site made since stays as it is, and so does the place of the
// files that went with the old one.
func TestNewerFolderStays(t *testing.T) {
	userData := makeProfile(t)
	u, kept := openUserData(t, userData, ""), t.TempDir()
	var folders []platform.Change
	for _, c := range planSiteData(t, u) {
		if c.Kind == platform.ChangeSiteFolder {
			folders = append(folders, c)
		}
	}
	if len(folders) != 2 {
		t.Fatalf("%+v", folders)
	}
	makeAll(t, u, folders, kept)
	writeFile(t, siteFolderIn(userData)+"/000003.log", "newer")
	before, copies := filesIn(t, userData), filesIn(t, kept)
	for _, c := range slices.Backward(folders) {
		wantsUntouched(t, u.TakeBack(t.Context(), c, kept), platform.RepairChanged)
	}
	equal(t, "files", before, filesIn(t, userData))
	equal(t, "kept", copies, filesIn(t, kept))

	if err := os.RemoveAll(siteFolderIn(userData)); err != nil {
		t.Fatal(err)
	}
	takeAllBack(t, u, folders, kept)
	takeAllBack(t, u, folders, kept)
}

// What is kept is what was removed, for nobody else to read.
func TestKeptIsOfTheServicesAlone(t *testing.T) {
	u, kept := openUserData(t, makeProfile(t), ""), t.TempDir()
	makeAll(t, u, planSiteData(t, u), kept)
	found := map[string]string{}
	files, err := filepath.Glob(filepath.Join(kept, "*.sqlite"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		maps.Copy(found, rowsOf(t, name))
		if info, err := os.Stat(name); err != nil || filepath.Separator == '/' && info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
	}
	equal(t, "kept rows", rows("old", keysThatGo...), found)
}

func TestChangesOfAnotherPlace(t *testing.T) {
	userData := makeProfile(t)
	u := openUserData(t, userData, "")
	cookies := cookiesIn(userData)
	fillCookies(t, filepath.Join(userData, "Cookies"), "old", "www.e-tax.nta.go.jp")
	for _, c := range []platform.Change{
		{Kind: platform.ChangeCookies, Path: cookies, Host: "example.com"},
		{Kind: platform.ChangeCookies, Path: cookies, Host: "go.jp"},
		{Kind: platform.ChangeCookies, Path: cookies},
		{Kind: platform.ChangeCookies, Path: filepath.Join(userData, "Cookies"), Host: "myna.go.jp"},
		{Kind: platform.ChangeCookies, Path: filepath.Join(userData, "Default/Preferences"), Host: "myna.go.jp"},
		{Kind: platform.ChangeCookies, Path: filepath.Join(userData, "../Default/Network/Cookies"), Host: "myna.go.jp"},
		{Kind: platform.ChangeSiteFolder, Path: filepath.Join(userData, "Default/IndexedDB"), Host: "myna.go.jp"},
		{Kind: platform.ChangeSiteFolder, Path: filepath.Join(userData, "Default/IndexedDB/https_example.com_0.indexeddb.leveldb"), Host: "example.com"},
		{Kind: platform.ChangeSiteFolder, Path: filepath.Join(userData, "Default")},
		{Kind: platform.ChangeCacheFolder, Path: filepath.Join(userData, "Default")},
		{Kind: platform.ChangeCacheFolder, Path: filepath.Join(userData, "Default/IndexedDB")},
		{Kind: platform.ChangeCacheFolder, Path: filepath.Join(userData, "Default/../../Cache")},
	} {
		_, err := u.MakeChange(t.Context(), c, t.TempDir())
		wantsUntouched(t, err, platform.RepairOutside)
		if c.Kind != platform.ChangeCacheFolder {
			wantsUntouched(t, u.TakeBack(t.Context(), c, t.TempDir()), platform.RepairOutside)
		}
	}
}

func TestProfilesOnDisk(t *testing.T) {
	userData := makeProfile(t)
	writeFile(t, filepath.Join(userData, "Local State"), `{"profile":{"info_cache":{"Default":{},"Taro":{},"Profile 9":{}}}}`)
	for _, name := range []string{"Taro/Cookies", "Profile 2/Cookies", "Guest Profile/Network/Cookies"} {
		fillCookies(t, filepath.Join(userData, name), "old", "myna.go.jp")
	}
	writeFile(t, filepath.Join(userData, "Profile 3/Cookies"), "")
	told := map[string]string{}
	for _, c := range planSiteData(t, openUserData(t, userData, "")) {
		told[c.Profile] = ""
	}
	equal(t, "profiles", rows("", "Default", "other 1", "Profile 2"), told)
}

// A new copy of the row that the site made since is not written over, and one
// that the browser's update made of it neither.
func TestTakeBackIntoToday(t *testing.T) {
	tests := []struct {
		name   string
		change string
		want   platform.RepairWhy
	}{
		{"same table", "", ""},
		{"column more, with a default", "ALTER TABLE cookies ADD COLUMN more INTEGER NOT NULL DEFAULT 0", ""},
		{"column less", "ALTER TABLE cookies DROP COLUMN source_type", ""},
		{"column more, without", "DROP TABLE cookies; CREATE TABLE cookies(host_key TEXT NOT NULL, fresh INTEGER NOT NULL); INSERT INTO cookies VALUES ('.nta.go.jp', 1)", platform.RepairDamaged},
		{"no table", "DROP TABLE cookies", platform.RepairDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			userData := makeProfile(t)
			u, kept := openUserData(t, userData, ""), t.TempDir()
			changes := planSiteData(t, u)
			makeAll(t, u, changes, kept)
			fillCookies(t, cookiesIn(userData), "new", ".nta.go.jp")
			inSQL(t, cookiesIn(userData), func(db *sql.DB) { execute(t, db, tt.change) })
			if tt.want != "" {
				wantsUntouched(t, u.TakeBack(t.Context(), changes[0], kept), tt.want)
				return
			}
			takeAllBack(t, u, changes, kept)
			want := rows("old", slices.Concat(keysThatGo, keysThatStay)...)
			want[".nta.go.jp"] = "new"
			equal(t, "rows", want, rowsOf(t, cookiesIn(userData)))
		})
	}
}

func TestGone(t *testing.T) {
	userData := makeProfile(t)
	u, kept := openUserData(t, userData, ""), t.TempDir()
	changes := planSiteData(t, u)
	if err := os.RemoveAll(filepath.Join(userData, "Default")); err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		_, err := u.MakeChange(t.Context(), c, kept)
		wantsUntouched(t, err, platform.RepairGone)
	}
	_, err := chromium.OpenUserData(platform.BrowserEdge, filepath.Join(userData, "none"), "")
	wantsWhy(t, err, platform.RepairGone)
}

// After an attempt that came far, an error does not say that nothing was touched.
func TestTouchedBefore(t *testing.T) {
	userData := makeProfile(t)
	u, kept := openUserData(t, userData, ""), t.TempDir()
	changes := planSiteData(t, u)
	makeAll(t, u, changes, kept)
	if err := os.RemoveAll(filepath.Join(userData, "Default/Network")); err != nil {
		t.Fatal(err)
	}
	_, err := u.MakeChange(t.Context(), changes[0], kept)
	wantsWhy(t, err, platform.RepairGone)
	if platform.IsUntouched(err) {
		t.Errorf("said to be untouched: %v", err)
	}
}

// What was rolled back was not touched.
func TestCutShort(t *testing.T) {
	userData := makeProfile(t)
	u := openUserData(t, userData, "")
	changes := planSiteData(t, u)
	ctx, cancel := context.WithCancel(t.Context())
	u.OnStage(func(stage string) {
		if stage == "rows deleted" {
			cancel()
		}
	})
	_, err := u.MakeChange(ctx, changes[0], t.TempDir())
	wantsUntouched(t, err, platform.RepairTimedOut)
	equal(t, "rows", rows("old", slices.Concat(keysThatGo, keysThatStay)...), rowsOf(t, cookiesIn(userData)))
}

func TestCaches(t *testing.T) {
	userData, caches := makeProfile(t), t.TempDir()
	writeFile(t, filepath.Join(caches, "Default/Code Cache/js/index"), "cached")
	writeFile(t, filepath.Join(caches, "Default/other/index"), "stays")
	u := openUserData(t, userData, caches)
	changes, err := u.PlanCache()
	if err != nil {
		t.Fatal(err)
	}
	if len(changes) != 2 || changes[0].Count != 1 || changes[0].Bytes != 6 || changes[0].Undoable {
		t.Fatalf("%+v", changes)
	}
	makeAll(t, u, changes, t.TempDir())
	makeAll(t, u, changes, t.TempDir())
	equal(t, "caches", rows("stays", "Default/other/index"), filesIn(t, caches))
	wantsWhy(t, u.TakeBack(t.Context(), changes[0], t.TempDir()), platform.RepairNotUndoable)
}

package chromium_test

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// cookieTable is that of Chromium 156 (version 24), recorded on Debian.
const cookieTable = `CREATE TABLE cookies(creation_utc INTEGER NOT NULL,host_key TEXT NOT NULL,top_frame_site_key TEXT NOT NULL,name TEXT NOT NULL,value TEXT NOT NULL,encrypted_value BLOB NOT NULL,path TEXT NOT NULL,expires_utc INTEGER NOT NULL,is_secure INTEGER NOT NULL,is_httponly INTEGER NOT NULL,last_access_utc INTEGER NOT NULL,has_expires INTEGER NOT NULL,is_persistent INTEGER NOT NULL,priority INTEGER NOT NULL,samesite INTEGER NOT NULL,source_scheme INTEGER NOT NULL,source_port INTEGER NOT NULL,last_update_utc INTEGER NOT NULL,source_type INTEGER NOT NULL,has_cross_site_ancestor INTEGER NOT NULL);
CREATE UNIQUE INDEX cookies_unique_index ON cookies(host_key, top_frame_site_key, has_cross_site_ancestor, name, path, source_scheme, source_port);
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);`

// keysThatGo are values of host_key that are the services' own, keysThatStay
// ones that only look like it.
var (
	keysThatGo = []string{
		"www.e-tax.nta.go.jp", ".www.e-tax.nta.go.jp", ".e-tax.nta.go.jp", ".nta.go.jp", ".keisan.nta.go.jp",
		"myna.go.jp", ".myna.go.jp", ".oss.myna.go.jp", ".jpki.go.jp", "mahpki-auth.2nds.medis.or.jp", ".2nds.medis.or.jp",
	}
	keysThatStay = []string{
		".go.jp", ".medis.or.jp", "www.medis.or.jp", "nta.go.jp", "e-tax.nta.go.jp", "www.nta.go.jp", "www.e-tax.nta.go.jp.example.com",
		"xmyna.go.jp", ".xmyna.go.jp", "example.com", ".example.com", "WWW.E-TAX.NTA.GO.JP", "",
	}
)

// makeProfile makes a user data folder with one profile that has cookies and
// databases of the services and of others.
func makeProfile(t *testing.T) (userData string) {
	t.Helper()
	userData = filepath.Join(t.TempDir(), "User Data")
	for _, host := range []string{"www.e-tax.nta.go.jp", "example.com"} {
		writeFile(t, filepath.Join(userData, "Default/IndexedDB/https_"+host+"_0.indexeddb.leveldb/000003.log"), "of "+host)
		writeFile(t, filepath.Join(userData, "Default/IndexedDB/https_"+host+"_0.indexeddb.blob/1/00/1"), "blob of "+host)
	}
	writeFile(t, filepath.Join(userData, "Default/Cache/Cache_Data/f_000001"), "cached")
	writeFile(t, filepath.Join(userData, "Default/Preferences"), "{}")
	writeFile(t, filepath.Join(userData, "Local State"), `{"profile":{"info_cache":{"Default":{}}}}`)
	fillCookies(t, cookiesIn(userData), "old", slices.Concat(keysThatGo, keysThatStay)...)
	return userData
}

func openUserData(t *testing.T, folder, caches string) *chromium.UserData {
	t.Helper()
	u, err := chromium.OpenUserData(platform.BrowserChromium, folder, caches)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(u.Close)
	return u
}

func planSiteData(t *testing.T, u *chromium.UserData) []platform.Change {
	t.Helper()
	changes, err := u.PlanSiteData(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func makeAll(t *testing.T, u *chromium.UserData, changes []platform.Change, kept string) {
	t.Helper()
	for _, c := range changes {
		if _, err := u.MakeChange(t.Context(), c, kept); err != nil {
			t.Fatalf("%s %s: %v", c.Kind, c.Host, err)
		}
	}
}

func takeAllBack(t *testing.T, u *chromium.UserData, changes []platform.Change, kept string) {
	t.Helper()
	for _, c := range changes {
		if err := u.TakeBack(t.Context(), c, kept); err != nil {
			t.Fatalf("%s %s: %v", c.Kind, c.Host, err)
		}
	}
}

func cookiesIn(userData string) string {
	return filepath.Join(userData, "Default", "Network", "Cookies")
}

func siteFolderIn(userData string) string {
	return filepath.Join(userData, "Default", "IndexedDB", "https_www.e-tax.nta.go.jp_0.indexeddb.leveldb")
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// fillCookies adds a row for each key.
func fillCookies(t *testing.T, file, value string, keys ...string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := os.Stat(file)
	inSQL(t, file, func(db *sql.DB) {
		if errors.Is(err, fs.ErrNotExist) {
			execute(t, db, cookieTable)
		}
		for i, k := range keys {
			execute(t, db, "INSERT INTO cookies VALUES (?,?,'','session','',?,'/',13441540811171383,1,1,0,1,1,1,-1,2,443,0,0,0)", i, k, []byte("v10\x00"+value))
		}
	})
}

func inSQL(t *testing.T, file string, use func(*sql.DB)) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	use(db)
}

func execute(t *testing.T, db *sql.DB, text string, args ...any) {
	t.Helper()
	if _, err := db.Exec(text, args...); err != nil {
		t.Fatal(err)
	}
}

// rowsOf tells host_key and value of each row.
func rowsOf(t *testing.T, file string) map[string]string {
	t.Helper()
	list := map[string]string{}
	inSQL(t, file, func(db *sql.DB) {
		rows, err := db.Query("SELECT host_key, encrypted_value FROM cookies")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var k, v string
			if err := rows.Scan(&k, &v); err != nil {
				t.Fatal(err)
			}
			if list[k] != "" {
				t.Errorf("two rows of %q", k)
			}
			list[k] = strings.TrimPrefix(v, "v10\x00")
		}
	})
	return list
}

func rows(value string, keys ...string) map[string]string {
	list := map[string]string{}
	for _, k := range keys {
		list[k] = value
	}
	return list
}

func filesIn(t *testing.T, folder string) map[string]string {
	t.Helper()
	list := map[string]string{}
	err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), "Cookies") {
			return err
		}
		raw, err := os.ReadFile(name)
		rel, _ := filepath.Rel(folder, name)
		list[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func equal(t *testing.T, what string, want, got map[string]string) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// wantsWhy fails unless an error has its reason.
func wantsWhy(t *testing.T, err error, want platform.RepairWhy) {
	t.Helper()
	if err == nil || platform.RepairWhyOf(err) != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

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
		wantsWhy(t, err, platform.RepairOutside)
		if c.Kind != platform.ChangeCacheFolder {
			wantsWhy(t, u.TakeBack(t.Context(), c, t.TempDir()), platform.RepairOutside)
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
		{"column more, without", "DROP TABLE cookies; CREATE TABLE cookies(host_key TEXT NOT NULL, fresh INTEGER NOT NULL); INSERT INTO cookies VALUES ('.nta.go.jp', 1)", platform.RepairChanged},
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
				wantsWhy(t, u.TakeBack(t.Context(), changes[0], kept), tt.want)
				return
			}
			takeAllBack(t, u, changes, kept)
			want := rows("old", slices.Concat(keysThatGo, keysThatStay)...)
			want[".nta.go.jp"] = "new"
			equal(t, "rows", want, rowsOf(t, cookiesIn(userData)))
		})
	}
}

func TestDamagedDatabases(t *testing.T) {
	tests := []struct {
		name   string
		damage func(t *testing.T, file string)
	}{
		{"no database", func(t *testing.T, file string) { writeFile(t, file, strings.Repeat("no database ", 500)) }},
		{"another table", func(t *testing.T, file string) {
			inSQL(t, file, func(db *sql.DB) { execute(t, db, "ALTER TABLE cookies RENAME TO biscuits") })
		}},
		{"another column", func(t *testing.T, file string) {
			inSQL(t, file, func(db *sql.DB) { execute(t, db, "ALTER TABLE cookies RENAME COLUMN host_key TO host") })
		}},
		{"a trigger", func(t *testing.T, file string) {
			inSQL(t, file, func(db *sql.DB) {
				execute(t, db, "CREATE TRIGGER more AFTER DELETE ON cookies BEGIN DELETE FROM cookies; END")
			})
		}},
		{"cut off", func(t *testing.T, file string) {
			if err := os.Truncate(file, 4096); err != nil {
				t.Fatal(err)
			}
		}},
		{"a bad page", func(t *testing.T, file string) { scribble(t, file) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			userData := makeProfile(t)
			u, kept := openUserData(t, userData, ""), t.TempDir()
			changes := planSiteData(t, u)
			tt.damage(t, cookiesIn(userData))
			before, err := os.ReadFile(cookiesIn(userData))
			if err != nil {
				t.Fatal(err)
			}
			_, err = u.MakeChange(t.Context(), changes[0], kept)
			wantsWhy(t, err, platform.RepairDamaged)
			if after, err := os.ReadFile(cookiesIn(userData)); err != nil || string(after) != string(before) {
				t.Errorf("the file was changed: %v", err)
			}
			equal(t, "kept", map[string]string{}, filesIn(t, kept))
		})
	}
}

// scribble writes over the index, which is on the third page.
func scribble(t *testing.T, file string) {
	t.Helper()
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte(fmt.Sprintf("%0100d", 0)), 2*4096+16); err != nil {
		t.Fatal(err)
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
		wantsWhy(t, err, platform.RepairGone)
	}
	_, err := chromium.OpenUserData(platform.BrowserEdge, filepath.Join(userData, "none"), "")
	wantsWhy(t, err, platform.RepairGone)
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

// What a browser that was killed left half written is read as it was before, or
// as it became, and never as a mixture.
func TestJournalsOfAKilledBrowser(t *testing.T) {
	const many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) "
	tests := []struct {
		name   string
		before string
		change string
		want   map[string]string // besides the others
	}{
		{
			"not committed", "PRAGMA cache_size = 1",
			"BEGIN; UPDATE cookies SET encrypted_value = x'7631300068616C66'; " + many +
				"INSERT INTO cookies SELECT i, 'filler' || i, '', 's', '', x'00', '/', 0, 1, 1, 0, 1, 1, 1, -1, 2, 443, 0, 0, 0 FROM n",
			nil,
		},
		{
			"in the write-ahead log", "PRAGMA journal_mode = WAL",
			"UPDATE cookies SET encrypted_value = x'763130006E6577' WHERE host_key = 'example.com'",
			map[string]string{"example.com": "new"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			source, userData, left := makeProfile(t), makeProfile(t), 0
			inSQL(t, cookiesIn(source), func(db *sql.DB) {
				db.SetMaxOpenConns(1)
				execute(t, db, tt.before)
				execute(t, db, tt.change)
				for _, end := range []string{"", "-journal", "-wal"} {
					if raw, err := os.ReadFile(cookiesIn(source) + end); err == nil {
						writeFile(t, cookiesIn(userData)+end, string(raw))
						left += len(raw)
					}
				}
			})
			if raw, err := os.ReadFile(cookiesIn(userData)); err != nil || left == len(raw) {
				t.Fatalf("nothing was left half written: %v", err)
			}
			u, kept := openUserData(t, userData, ""), t.TempDir()
			changes := planSiteData(t, u)
			makeAll(t, u, changes, kept)
			want := rows("old", keysThatStay...)
			maps.Copy(want, tt.want)
			equal(t, "rows that stay", want, rowsOf(t, cookiesIn(userData)))
			takeAllBack(t, u, changes, kept)
			maps.Copy(want, rows("old", keysThatGo...))
			equal(t, "rows", want, rowsOf(t, cookiesIn(userData)))
		})
	}
}

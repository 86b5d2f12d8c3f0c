package chromium_test

import (
	"database/sql"
	"errors"
	"io/fs"
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
		"nta.go.jp", "e-tax.nta.go.jp", "www.nta.go.jp", "x.login.e-tax.nta.go.jp", "foo.myna.go.jp", ".new.2nds.medis.or.jp",
	}
	keysThatStay = []string{
		".go.jp", "go.jp", ".or.jp", "medis.or.jp", ".medis.or.jp", "www.medis.or.jp", "x2nds.medis.or.jp", "www.e-tax.nta.go.jp.example.com",
		"evilnta.go.jp", ".evilnta.go.jp", "e-tax.evilnta.go.jp", "xmyna.go.jp", ".xmyna.go.jp", "xjpki.go.jp", "example.com", ".example.com",
		"WWW.E-TAX.NTA.GO.JP", "..nta.go.jp", "a/b.nta.go.jp", "nta.go.jp.", "",
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
	for _, c := range slices.Backward(changes) { // as the journal does
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

// wantsUntouched fails unless an error has its reason, and says that nothing was
// touched.
func wantsUntouched(t *testing.T, err error, want platform.RepairWhy) {
	t.Helper()
	wantsWhy(t, err, want)
	if !platform.IsUntouched(err) {
		t.Errorf("not said to be untouched: %v", err)
	}
}

// wantsInDefault fails unless an error has its reason, and names the profile.
func wantsInDefault(t *testing.T, err error, want platform.RepairWhy) {
	t.Helper()
	wantsWhy(t, err, want)
	var e *platform.RepairError
	if errors.As(err, &e) && e.On != "Default" {
		t.Errorf("on %q: %v", e.On, err)
	}
}

// wantsWhy fails unless an error has its reason.
func wantsWhy(t *testing.T, err error, want platform.RepairWhy) {
	t.Helper()
	if err == nil || platform.RepairWhyOf(err) != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

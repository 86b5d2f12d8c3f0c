package chromium_test

import (
	"database/sql"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"yomitori/platform"
)

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
			wantsUntouched(t, err, platform.RepairDamaged)
			_, err = u.PlanSiteData(t.Context())
			if tt.name != "a bad page" { // which only the whole check finds
				wantsInDefault(t, err, platform.RepairDamaged)
			}
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

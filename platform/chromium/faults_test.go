package chromium_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// The test program starts itself again as another program: one that holds a
// database, or one that is killed in the middle of a change.
const (
	envHold = "YOMITORI_TEST_HOLD" // the database
	envKill = "YOMITORI_TEST_KILL" // the stage
	envData = "YOMITORI_TEST_DATA"
	envKept = "YOMITORI_TEST_KEPT"
	envBack = "YOMITORI_TEST_BACK"
)

func TestMain(m *testing.M) {
	switch {
	case os.Getenv(envHold) != "":
		hold(os.Getenv(envHold))
	case os.Getenv(envData) != "":
		repairAndDie()
	default:
		os.Exit(m.Run())
	}
}

// hold locks a database as a browser on Windows does, until its input ends.
func hold(file string) {
	db, err := sql.Open("sqlite", file)
	if err == nil {
		db.SetMaxOpenConns(1)
		_, err = db.Exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
	}
	fmt.Println(err)
	bufio.NewReader(os.Stdin).ReadByte()
}

func TestLocked(t *testing.T) {
	userData := makeProfile(t)
	u, kept := openUserData(t, userData, ""), t.TempDir()
	changes := planSiteData(t, u)
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), envHold+"="+cookiesIn(userData))
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "<nil>\n" {
		t.Fatal(line, err)
	}
	_, err = u.PlanSiteData(t.Context())
	wantsInDefault(t, err, platform.RepairLocked)
	_, err = u.MakeChange(t.Context(), changes[0], kept)
	wantsUntouched(t, err, platform.RepairLocked)
	in.Close()
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	equal(t, "rows", rows("old", slices.Concat(keysThatGo, keysThatStay)...), rowsOf(t, cookiesIn(userData)))
	makeAll(t, u, changes, kept)
}

// repairAndDie makes all changes, or takes them back, and kills itself at a
// stage of the way.
func repairAndDie() {
	u, err := chromium.OpenUserData(platform.BrowserChromium, os.Getenv(envData), "")
	if err != nil {
		panic(err)
	}
	left := -1
	fmt.Sscan(os.Getenv(envKill), &left)
	u.OnStage(func(string) {
		if left--; left < 0 {
			self, _ := os.FindProcess(os.Getpid())
			self.Kill()
			select {}
		}
	})
	changes, err := theChanges(os.Getenv(envData))
	for _, c := range changes {
		if os.Getenv(envBack) != "" {
			err = errors.Join(err, u.TakeBack(context.Background(), c, os.Getenv(envKept)))
		} else {
			_, e := u.MakeChange(context.Background(), c, os.Getenv(envKept))
			err = errors.Join(err, e)
		}
	}
	if err != nil {
		panic(err)
	}
}

// theChanges are two of the plan, one of each kind, as a journal would know them.
func theChanges(userData string) ([]platform.Change, error) {
	u, err := chromium.OpenUserData(platform.BrowserChromium, userData, "")
	if err != nil {
		return nil, err
	}
	defer u.Close()
	return []platform.Change{
		{Kind: platform.ChangeCookies, Path: u.Path("Default/Network/Cookies"), Host: "nta.go.jp", Count: 2},
		{Kind: platform.ChangeSiteFolder, Path: u.Path("Default/IndexedDB/https_www.e-tax.nta.go.jp_0.indexeddb.leveldb"), Host: "www.e-tax.nta.go.jp"},
	}, nil
}

// dies runs repairAndDie; false when there were not as many stages.
func dies(t *testing.T, userData, kept string, stage int, back string) bool {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), envData+"="+userData, envKept+"="+kept, fmt.Sprint(envKill, "=", stage), envBack+"="+back)
	out, err := c.CombinedOutput()
	if len(out) > 0 {
		t.Fatalf("stage %d: %v\n%s", stage, err, out)
	}
	return err != nil
}

// Killed at any stage, a change can be made whole, or taken back, and nothing is
// lost; so can the taking back.
func TestKilledAtEachStage(t *testing.T) {
	for _, back := range []string{"", "1"} {
		stages := 0
		for more := true; more; stages++ {
			for _, then := range []string{"finish", "undo"} {
				t.Run(fmt.Sprintf("back=%s/%d/%s", back, stages, then), func(t *testing.T) {
					more = killedOnce(t, back, stages, then)
				})
			}
		}
		if stages < 5 {
			t.Errorf("only %d stages", stages)
		}
	}
}

func killedOnce(t *testing.T, back string, stage int, then string) (more bool) {
	userData, kept := makeProfile(t), t.TempDir()
	before := filesIn(t, userData)
	u := openUserData(t, userData, "")
	changes, err := theChanges(userData)
	if err != nil {
		t.Fatal(err)
	}
	if back != "" {
		makeAll(t, u, changes, kept)
	}
	more = dies(t, userData, kept, stage, back)
	all := rows("old", slices.Concat(keysThatGo, keysThatStay)...)
	if then == "undo" {
		takeAllBack(t, u, changes, kept)
	} else {
		makeAll(t, u, changes, kept)
		delete(all, "nta.go.jp")
		delete(all, ".nta.go.jp")
		for name := range before {
			if path.Dir(name) == "Default/IndexedDB/"+filepath.Base(siteFolderIn(userData)) {
				delete(before, name)
			}
		}
	}
	equal(t, "rows", all, rowsOf(t, cookiesIn(userData)))
	equal(t, "files", before, filesIn(t, userData))
	return more
}

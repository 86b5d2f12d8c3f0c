package chromium_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"yomitori/platform"
	"yomitori/platform/chromium"
	"yomitori/platform/chromium/chromiumtest"
)

// mount mounts a file system for the test, which takes root.
func mount(t *testing.T, at string, flags uintptr, data string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root may mount a file system")
	}
	if err := syscall.Mount("tmpfs", at, "tmpfs", flags, data); err != nil {
		t.Skipf("this computer lets nobody mount: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(at, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

// fill takes what is left of a small file system.
func fill(t *testing.T, folder string) {
	t.Helper()
	f, err := os.Create(filepath.Join(folder, "fill"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 512))
	}
}

// onDisk moves the user data folder to another file system.
func onDisk(t *testing.T, userData, data string) (moved string) {
	t.Helper()
	disk := t.TempDir()
	mount(t, disk, 0, data)
	moved = filepath.Join(disk, "User Data")
	if err := os.CopyFS(moved, os.DirFS(userData)); err != nil {
		t.Fatal(err)
	}
	return moved
}

func untouched(t *testing.T, userData string, before map[string]string) {
	t.Helper()
	equal(t, "rows", rows("old", slices.Concat(keysThatGo, keysThatStay)...), rowsOf(t, cookiesIn(userData)))
	equal(t, "files", before, filesIn(t, userData))
}

// allFail makes every change for itself, and takes it back.
func allFail(t *testing.T, u *chromium.UserData, changes []platform.Change, kept string, want platform.RepairWhy) {
	t.Helper()
	for _, c := range changes {
		_, err := u.MakeChange(t.Context(), c, kept)
		wantsUntouched(t, err, want)
		if err := u.TakeBack(t.Context(), c, kept); err != nil && platform.RepairWhyOf(err) != want {
			t.Errorf("take back: %v", err)
		}
	}
}

func TestFullDiskOfTheCopies(t *testing.T) {
	userData, kept := makeProfile(t), t.TempDir()
	before := filesIn(t, userData)
	mount(t, kept, 0, "size=32k")
	u := openUserData(t, userData, "")
	changes := planSiteData(t, u)
	fill(t, kept)
	allFail(t, u, changes, kept, platform.RepairNoSpace)
	untouched(t, userData, before)
}

// Where the profile's own disk is full, folders can still be removed, and the
// rows of cookies as well once there is room for the journal of SQLite.
func TestFullDiskOfTheProfile(t *testing.T) {
	userData, kept := onDisk(t, makeProfile(t), "size=256k"), t.TempDir()
	u := openUserData(t, userData, "")
	changes := planSiteData(t, u)
	fill(t, filepath.Dir(userData))
	_, err := u.MakeChange(t.Context(), changes[0], kept)
	wantsUntouched(t, err, platform.RepairNoSpace)
	equal(t, "rows", rows("old", slices.Concat(keysThatGo, keysThatStay)...), rowsOf(t, cookiesIn(userData)))
	if err := os.Remove(filepath.Join(filepath.Dir(userData), "fill")); err != nil {
		t.Fatal(err)
	}
	makeAll(t, u, changes, kept)
	fill(t, filepath.Dir(userData))
	folder := changes[len(changes)-1]
	wantsUntouched(t, u.TakeBack(t.Context(), folder, kept), platform.RepairNoSpace)
	if err := os.Remove(filepath.Join(filepath.Dir(userData), "fill")); err != nil {
		t.Fatal(err)
	}
	takeAllBack(t, u, changes, kept)
	equal(t, "rows", rows("old", slices.Concat(keysThatGo, keysThatStay)...), rowsOf(t, cookiesIn(userData)))
}

func TestReadOnlyProfile(t *testing.T) {
	userData := onDisk(t, makeProfile(t), "size=4m")
	before := filesIn(t, userData)
	disk := filepath.Dir(userData)
	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	u, kept := openUserData(t, userData, ""), t.TempDir()
	changes := planSiteData(t, u)
	caches, err := u.PlanCache()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range append(changes, caches...) {
		_, err := u.MakeChange(t.Context(), c, kept)
		wantsUntouched(t, err, platform.RepairReadOnly)
	}
	untouched(t, userData, before)
}

// A journal on another drive than the profile, and a user data folder that is a
// link to another drive.
func TestProfileOnAnotherDrive(t *testing.T) {
	userData := onDisk(t, makeProfile(t), "size=4m")
	before := filesIn(t, userData)
	link := filepath.Join(t.TempDir(), "User Data")
	if err := os.Symlink(userData, link); err != nil {
		t.Fatal(err)
	}
	u, kept := openUserData(t, link, ""), t.TempDir()
	changes := planSiteData(t, u)
	makeAll(t, u, changes, kept)
	if left := planSiteData(t, u); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	takeAllBack(t, u, changes, kept)
	untouched(t, userData, before)
}

func TestLinksThatLeadOutside(t *testing.T) {
	const folder = "Default/IndexedDB/https_www.e-tax.nta.go.jp_0.indexeddb.leveldb"
	for _, name := range []string{"Default", "Default/Network", "Default/Network/Cookies", "Default/IndexedDB", folder, "Default/Cache"} {
		t.Run(strings.ReplaceAll(name, "/", " "), func(t *testing.T) {
			userData, kept, outside := makeProfile(t), t.TempDir(), filepath.Join(t.TempDir(), "outside")
			before := filesIn(t, userData)
			u := openUserData(t, userData, "")
			changes := planSiteData(t, u)
			caches, err := u.PlanCache()
			if err != nil {
				t.Fatal(err)
			}
			linked := filepath.Join(userData, name)
			if err := os.Rename(linked, outside); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(outside, linked); err != nil {
				t.Fatal(err)
			}
			_, planned := u.PlanSiteData(t.Context())
			_, plannedCache := u.PlanCache()
			wantsInDefault(t, firstOf(planned, plannedCache), platform.RepairOutside)
			for _, c := range append(changes, caches...) {
				if !strings.HasPrefix(c.Path, linked) {
					continue
				}
				_, err := u.MakeChange(t.Context(), c, kept)
				wantsUntouched(t, err, platform.RepairOutside)
			}
			if err := os.Remove(linked); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(outside, linked); err != nil {
				t.Fatal(err)
			}
			untouched(t, userData, before)
		})
	}
}

// SQLite alone would say no more of these than that it can't open one.
func TestLinksBesideTheCookies(t *testing.T) {
	for _, end := range []string{"-journal", "-wal", "-shm"} {
		for _, target := range []string{"outside", "nothing"} {
			t.Run(end[1:]+" to "+target, func(t *testing.T) {
				userData, kept, folder := makeProfile(t), t.TempDir(), t.TempDir()
				u := openUserData(t, userData, "")
				changes := planSiteData(t, u)
				makeAll(t, u, changes[:1], kept)
				writeFile(t, filepath.Join(folder, "outside"), "outside")
				if err := os.Symlink(filepath.Join(folder, target), cookiesIn(userData)+end); err != nil {
					t.Fatal(err)
				}
				_, err := u.PlanSiteData(t.Context())
				wantsInDefault(t, err, platform.RepairOutside)
				_, err = u.MakeChange(t.Context(), changes[1], kept)
				wantsUntouched(t, err, platform.RepairOutside)
				wantsUntouched(t, u.TakeBack(t.Context(), changes[0], kept), platform.RepairOutside)
				equal(t, "outside", map[string]string{"outside": "outside"}, filesIn(t, folder))
			})
		}
	}
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// A link inside of a folder that goes is not followed: the folder stays.
func TestLinkInsideOfAFolder(t *testing.T) {
	userData, outside := makeProfile(t), filepath.Join(t.TempDir(), "outside")
	writeFile(t, outside, "outside")
	if err := os.Symlink(outside, filepath.Join(siteFolderIn(userData), "000009.ldb")); err != nil {
		t.Fatal(err)
	}
	u := openUserData(t, userData, "")
	c := platform.Change{Kind: platform.ChangeSiteFolder, Path: u.Path("Default/IndexedDB/" + filepath.Base(siteFolderIn(userData))), Host: "www.e-tax.nta.go.jp"}
	_, err := u.MakeChange(t.Context(), c, t.TempDir())
	wantsUntouched(t, err, platform.RepairOutside)
	if _, err := os.Stat(siteFolderIn(userData) + "/000003.log"); err != nil {
		t.Error(err)
	}
}

// A folder of which a part could not be removed was touched.
func TestFolderRemovedInPart(t *testing.T) {
	userData, kept := makeProfile(t), t.TempDir()
	u := openUserData(t, userData, "")
	changes := planSiteData(t, u)
	folder := changes[len(changes)-1]
	makeAll(t, u, changes[:len(changes)-1], kept)
	u.OnStage(func(stage string) {
		if stage == "folder aside" {
			mount(t, filepath.Join(folder.Path+chromium.AsideSuffix, "1"), 0, "size=4k")
		}
	})
	_, err := u.MakeChange(t.Context(), folder, kept)
	wantsWhy(t, err, platform.RepairLocked)
	if platform.IsUntouched(err) {
		t.Errorf("said to be untouched: %v", err)
	}
	found := false
	for _, text := range filesIn(t, kept) {
		found = found || text == "blob of www.e-tax.nta.go.jp"
	}
	if !found {
		t.Error("it is kept nowhere")
	}
}

// A killed browser leaves a journal that is rolled back first: by a plan as well.
func TestBrowserThatWasKilled(t *testing.T) {
	chromiumtest.Require(t)
	b := chromiumtest.Browser{UserData: t.TempDir(), Server: chromiumtest.Serve(t)}
	b.Visit(t, listed+"/login")
	_, stop := b.Start(t, listed+"/")
	stop()
	u, kept := openUserData(t, b.UserData, ""), t.TempDir()
	changes := planSiteData(t, u)
	makeAll(t, u, changes, kept)
	chromiumtest.Has(t, b.Visit(t, listed+"/"), "", false)
}

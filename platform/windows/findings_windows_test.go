package windows_test

import (
	"debug/pe"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/windows/registry"
	"golang.org/x/sys/windows/svc/mgr"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/card"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/windows"
)

// The tests in this file bring Windows into a state and see which finding comes
// out of it, with a virtual card in a reader that is always there.

var judgedAt = time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)

type memory struct{ c cardtest.Card }

func (m memory) Transmit(c card.Command) ([]byte, error) { return m.c.Transmit(c.Bytes()), nil }

func diagnosed(t *testing.T, p checks.Purpose, chip cardtest.Card) checks.Diagnosis {
	t.Helper()
	c := card.Read(memory{chip}, chip.ATR())
	c.Reader = "R"
	return diagnosedWith(t, p, func(s *platform.Snapshot) {
		s.Readers = platform.Readers{Look: platform.Seen(), List: []platform.Reader{{Name: "R", CardIn: true}}}
		s.Cards = platform.Cards{Look: platform.Seen(), List: []platform.Card{c}}
	})
}

func diagnosedWith(t *testing.T, p checks.Purpose, live func(*platform.Snapshot)) checks.Diagnosis {
	t.Helper()
	s := windows.New(windows.Options{Now: func() time.Time { return judgedAt }}).LookAll(t.Context())
	live(&s)
	for _, a := range platform.Areas {
		if l := s.Look(a); l.State == platform.Failed && a != platform.AreaReaders && a != platform.AreaCards {
			t.Errorf("%s: %+v", a, *l)
		}
	}
	return checks.Diagnose(s, checks.Question{Purpose: p}, s.Taken)
}

func wantFinding(t *testing.T, d checks.Diagnosis, id checks.ID, status checks.Status) {
	t.Helper()
	if f := d.Find(id); f == nil || f.Status != status {
		t.Errorf("want %s %s, got %+v", id, status, d.Step(checks.StepBrowser))
	}
}

func TestServiceDisabledIsFound(t *testing.T) {
	onWine(t)
	m, err := mgr.Connect()
	must(t, err)
	defer m.Disconnect()
	makeService(t, m, "SCardSvr", mgr.StartDisabled)
	d := diagnosedWith(t, checks.Any, func(s *platform.Snapshot) {
		l := platform.Failure(platform.WhyNoService, nil)
		s.Readers.Look, s.Cards.Look = l, l
	})
	if d.Cause == nil || d.Cause.ID != checks.ReaderServiceDisabled {
		t.Errorf("cause %+v", d.Cause)
	}
}

// setUpChrome makes Chrome the browser that opens links, gives it a folder for
// its data, and installs the Mynaportal software with its host.
func setUpChrome(t *testing.T) (userData string, hostKey registry.Key) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "山田 花子")
	chrome := putFile(t, program(pe.IMAGE_FILE_MACHINE_AMD64, 143, 0, 0, 0), folder, "chrome.exe")
	must(t, makeKeys(t, registry.CURRENT_USER, `SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\chrome.exe`, 0).SetStringValue("", chrome))
	must(t, makeKeys(t, registry.CURRENT_USER, `SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice`, 0).SetStringValue("ProgId", "ChromeHTML"))
	userData = filepath.Join(folder, "User Data")
	must(t, makeKeys(t, registry.CURRENT_USER, `SOFTWARE\Policies\Google\Chrome`, 0).SetStringValue("UserDataDir", userData))
	uninstall := makeKeys(t, registry.CURRENT_USER, `SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\mpa`, 0)
	must(t, uninstall.SetStringValue("DisplayName", "マイナポータル"))
	putFile(t, thisProgram(t), folder, "host.exe")
	manifest := putFile(t, []byte(manifestOf("jp.go.cao.mpa", "host.exe")), folder, "mpa.json")
	hostKey = makeKeys(t, registry.CURRENT_USER, `SOFTWARE\Google\Chrome\NativeMessagingHosts\jp.go.cao.mpa`, 0)
	must(t, hostKey.SetStringValue("", manifest))
	return userData, hostKey
}

// useProfile makes the profile that was used last hold one preference file.
func useProfile(t *testing.T, userData string, preferences []byte, files bool) {
	t.Helper()
	putFile(t, []byte(`{"profile":{"last_used":"Default","info_cache":{"Default":{}}}}`), userData, "Local State")
	putFile(t, preferences, userData, "Default", "Secure Preferences")
	folder := filepath.Join(userData, "Default", "Extensions")
	must(t, os.RemoveAll(folder))
	if files {
		putFile(t, []byte(`{}`), folder, portalID, "1.0_0", "manifest.json")
	}
}

func TestExtensionsAreFound(t *testing.T) {
	onWine(t)
	userData, _ := setUpChrome(t)
	chip := cardtest.MyNumber(cardtest.Options{})
	for _, tt := range []struct {
		preferences []byte
		files       bool
		id          checks.ID
		status      checks.Status
	}{
		{extensionIn(""), true, checks.BrowserOK, checks.OK},
		{extensionIn(`"disable_reasons":1,`), true, checks.ExtensionOff, checks.Problem},
		{extensionIn(`"disable_reasons":[8192],`), true, checks.ExtensionOff, checks.Problem},
		{extensionIn(`"state":0,`), true, checks.ExtensionOff, checks.Problem},
		{extensionIn(`"disable_reasons":[2],`), true, checks.ExtensionPermission, checks.Problem},
		{extensionIn(`"disable_reasons":3,`), true, checks.ExtensionPermission, checks.Problem},
		{extensionIn(`"disable_reasons":[1024],`), true, checks.ExtensionCorrupt, checks.Problem},
		{extensionIn(""), false, checks.ExtensionCorrupt, checks.Problem},
		{extensionIn(`"disable_reasons":[65536],`), true, checks.ExtensionBlocked, checks.Problem},
		{[]byte(`{"extensions":{"external_uninstalls":["` + portalID + `"]}}`), false, checks.ExtensionMissing, checks.Problem},
		{[]byte(`{}`), false, checks.ExtensionMissing, checks.Problem},
		{extensionIn("")[:90], true, checks.ExtensionMissing, checks.Unknown},
	} {
		t.Run(fmt.Sprintf("%s %.100s", tt.id, tt.preferences), func(t *testing.T) {
			useProfile(t, userData, tt.preferences, tt.files)
			wantFinding(t, diagnosed(t, checks.Mynaportal, chip), tt.id, tt.status)
		})
	}
	t.Run("blocked by policy", func(t *testing.T) {
		useProfile(t, userData, extensionIn(""), true)
		must(t, makeKeys(t, registry.LOCAL_MACHINE, `SOFTWARE\Policies\Google\Chrome\ExtensionInstallBlocklist`, 0).SetStringValue("1", "*"))
		wantFinding(t, diagnosed(t, checks.Mynaportal, chip), checks.ExtensionBlocked, checks.Problem)
	})
}

func TestHostsAreFound(t *testing.T) {
	onWine(t)
	userData, key := setUpChrome(t)
	useProfile(t, userData, extensionIn(""), true)
	chip := cardtest.MyNumber(cardtest.Options{})
	t.Run("blocked by policy", func(t *testing.T) {
		must(t, makeKeys(t, registry.LOCAL_MACHINE, `SOFTWARE\Policies\Google\Chrome\NativeMessagingBlocklist`, 0).SetStringValue("1", "*"))
		wantFinding(t, diagnosed(t, checks.Mynaportal, chip), checks.HostBlocked, checks.Problem)
	})
	t.Run("program gone", func(t *testing.T) {
		must(t, os.Remove(filepath.Join(filepath.Dir(userData), "host.exe")))
		wantFinding(t, diagnosed(t, checks.Mynaportal, chip), checks.HostBroken, checks.Problem)
	})
	t.Run("manifest gone", func(t *testing.T) {
		must(t, key.SetStringValue("", `C:\gone.json`))
		wantFinding(t, diagnosed(t, checks.Mynaportal, chip), checks.HostBroken, checks.Problem)
	})
	t.Run("not registered", func(t *testing.T) {
		must(t, registry.DeleteKey(registry.CURRENT_USER, `SOFTWARE\Google\Chrome\NativeMessagingHosts\jp.go.cao.mpa`))
		wantFinding(t, diagnosed(t, checks.Mynaportal, chip), checks.HostMissing, checks.Problem)
	})
	t.Run("not installed", func(t *testing.T) {
		must(t, registry.DeleteKey(registry.CURRENT_USER, `SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\mpa`))
		wantFinding(t, diagnosed(t, checks.Mynaportal, chip), checks.ClientMissing, checks.Problem)
	})
}

// The filter that Chromium puts certificates through is replayed on MY.
func TestStoreIsJudged(t *testing.T) {
	onWine(t)
	setUpChrome(t)
	chip := cardtest.HPKI(cardtest.HPKIOptions{})
	wantFinding(t, diagnosed(t, checks.HPKI, chip), checks.DriverHPKIMissing, checks.Problem)

	const provider = "HPKI Crypto Service Provider for Authentication"
	library := putFile(t, thisProgram(t), t.TempDir(), "hpki.dll")
	must(t, makeKeys(t, registry.LOCAL_MACHINE, `SOFTWARE\Microsoft\Cryptography\Defaults\Provider\`+provider, registry.WOW64_64KEY).SetStringValue("Image Path", library))
	t.Run("nothing in the store", func(t *testing.T) {
		// Wine has no service that copies certificates, of which nothing follows.
		d := diagnosed(t, checks.HPKI, chip)
		wantFinding(t, d, checks.StoreMissing, checks.Problem)
		if f := d.Find(checks.PropagationStopped); f != nil {
			t.Errorf("a service that is not there has stopped: %+v", f)
		}
	})
	for name, start := range map[string]uint32{"disabled": mgr.StartDisabled, "stopped": mgr.StartManual} {
		t.Run("nothing in the store, propagation "+name, func(t *testing.T) {
			m, err := mgr.Connect()
			must(t, err)
			defer m.Disconnect()
			makeService(t, m, "CertPropSvc", start)
			d := diagnosed(t, checks.HPKI, chip)
			wantFinding(t, d, checks.PropagationStopped, checks.Problem)
			wantFinding(t, d, checks.StoreMissing, checks.Skipped)
		})
	}
	t.Run("no provider", func(t *testing.T) {
		addToStore(t, platform.StoreMy, chip.Auth.Certificate.Raw, "", "")
		d := diagnosed(t, checks.HPKI, chip)
		wantFinding(t, d, checks.StoreHidden, checks.Problem)
		if f := d.Find(checks.StoreHidden); f != nil && !slices.Equal(f.Evidence.Conditions, []checks.Condition{checks.NoProvider}) {
			t.Errorf("conditions %v", f.Evidence.Conditions)
		}
	})
	t.Run("passes", func(t *testing.T) {
		addToStore(t, platform.StoreMy, chip.Auth.Certificate.Raw, provider, "1")
		wantFinding(t, diagnosed(t, checks.HPKI, chip), checks.BrowserOK, checks.OK)
	})
}

// What a whole observation costs where nothing hangs; BenchmarkNothing is what
// following costs by itself.
func BenchmarkObserve(b *testing.B) {
	for b.Loop() {
		if _, err := platform.Observe(b.Context(), windows.New(windows.Options{}), nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNothing(b *testing.B) {
	for b.Loop() {
		if _, err := platform.Observe(b.Context(), platform.Plan{}, nil); err != nil {
			b.Fatal(err)
		}
	}
}

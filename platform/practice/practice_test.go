package practice_test

import (
	"encoding/json"
	"errors"
	"flag"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/practice"
)

var update = flag.Bool("update", false, "write the practice computers anew")

// taken is when the practice computers were looked at.
var taken = time.Date(2026, 11, 16, 1, 30, 0, 0, time.UTC)

func computers() map[string]platform.Snapshot {
	hostBroken := withCard(cardtest.Options{})
	hostBroken.Hosts.List[0].State, hostBroken.Hosts.List[0].Arch, hostBroken.Hosts.List[0].Version = platform.HostProgramMissing, "", ""

	clientMissing := withCard(cardtest.Options{})
	clientMissing.Hosts.List, clientMissing.Clients.List = nil, clientMissing.Clients.List[1:]

	driverMissing := withHPKI()
	driverMissing.Clients.Providers = driverMissing.Clients.Providers[:2]
	driverMissing.Store.List = nil

	windows10 := withCard(cardtest.Options{})
	windows10.System.Name, windows10.System.Version, windows10.System.Release = "Windows 10 Home", "10.0.19045", "22H2"

	soon := cardtest.EndOfDay(2027, time.January, 20)
	return map[string]platform.Snapshot{
		"healthy":                 withCard(cardtest.Options{}),
		"no-reader":               noReader(),
		"no-card":                 windowsPC(),
		"service-disabled":        serviceDisabled(),
		"reader-on-winusb":        readerOnWinUSB(),
		"nfc-conflict":            withNFC(withCard(cardtest.Options{})),
		"expired":                 withCard(cardtest.Options{NotBefore: soon.AddDate(-6, 0, 0), NotAfter: soon.AddDate(-1, 0, 0)}),
		"renew-soon":              withCard(cardtest.Options{NotBefore: soon.AddDate(-5, 0, 0), NotAfter: soon}),
		"pin-locked":              withCard(cardtest.Options{AuthTries: cardtest.Locked}),
		"signature-locked":        withCard(cardtest.Options{SignatureTries: cardtest.Locked}),
		"juki-card":               withCard(cardtest.Options{Label: cardtest.LabelJuki, OnlyJPKI: true}),
		"extension-off":           turnOff(withCard(cardtest.Options{}), 1),
		"extension-permission":    turnOff(withCard(cardtest.Options{}), 2),
		"host-broken":             hostBroken,
		"client-missing":          clientMissing,
		"windows-10":              windows10,
		"hpki-healthy":            withHPKI(),
		"hpki-driver-missing":     driverMissing,
		"hpki-certificate-hidden": hidden(),
		"hpki-not-revoked":        lookedUp(withHPKI(), platform.RevocationGood),
		"hpki-revoked":            lookedUp(withHPKI(), platform.RevocationRevoked),
		"sim-slot":                withSIM(withCard(cardtest.Options{})),
		"just-issued":             withCard(cardtest.Options{NotBefore: taken.Add(-3 * time.Hour)}),
		"two-faults":              turnOff(withCard(cardtest.Options{SignatureTries: cardtest.Locked}), 1),

		"mac-healthy":              macWithCard(),
		"mac-no-rosetta":           macWithoutRosetta(),
		"mac-jpki-missing":         macWithoutJPKI(),
		"mac-safari-extension-off": macWithExtensionOff(),
		"mac-driver-hidden":        macWithHiddenReader(),
		"mac-accessory":            macWithoutApproval(),
		"mac-sonoma-driver":        macWithLostReader(),
	}
}

// TestRecorded holds the files against the computers above; -update writes them.
func TestRecorded(t *testing.T) {
	want := computers()
	if *update {
		for name, s := range want {
			raw, err := json.MarshalIndent(s, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile("computers/"+name+".json", append(raw, '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		t.Skip("files written; run again without -update")
	}
	if d := cmp.Diff(slices.Sorted(maps.Keys(want)), practice.Names()); d != "" {
		t.Fatalf("names (-want +got):\n%s", d)
	}
	for name, s := range want {
		c, err := practice.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := platform.Observe(t.Context(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		sameTries := cmp.Comparer(func(a, b platform.Tries) bool { return a == b })
		// Keys are made anew in each process, so what depends on them differs.
		volatile := cmp.FilterPath(func(p cmp.Path) bool {
			last := p.Last().String()
			return last == ".Bytes" || last == ".Size" || last == ".APDUs" || last == ".Trace"
		}, cmp.Ignore())
		if d := cmp.Diff(s, got, sameTries, volatile); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestUnknownName(t *testing.T) {
	if _, err := practice.Open("../practice"); !errors.Is(err, practice.ErrUnknown) {
		t.Errorf("got %v, want ErrUnknown", err)
	}
}

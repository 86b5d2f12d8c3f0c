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
	"yomitori/platform/card"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/practice"
)

var update = flag.Bool("update", false, "write the practice computers anew")

// taken is when the practice computers were looked at.
var taken = time.Date(2026, 11, 16, 1, 30, 0, 0, time.UTC)

const reader = "SONY FeliCa Port/PaSoRi 4.0"

// memory carries commands to a virtual card.
type memory struct{ c cardtest.Card }

func (m memory) Transmit(c card.Command) ([]byte, error) { return m.c.Transmit(c.Bytes()), nil }

// windowsPC is a healthy Windows computer with a reader and no card.
func windowsPC() platform.Snapshot {
	unbuilt := platform.Look{State: platform.Failed, Why: platform.WhyNotBuilt}
	return platform.Snapshot{
		Schema: platform.Schema,
		Taken:  taken,
		System: platform.System{Look: platform.Seen(), OS: "windows", Name: "Windows 11 Home", Version: "10.0.26100", Arch: "amd64"},
		Services: platform.Services{Look: platform.Seen(), List: []platform.Service{
			{Name: "SCardSvr", Present: true, Running: true, Start: platform.StartManual},
		}},
		Devices: platform.Devices{Look: platform.Seen(), List: []platform.Device{
			{Bus: "usb", Vendor: "054c", Product: "0dc9", Name: "FeliCa Port/PaSoRi 4.0", Class: platform.ClassCCID, Driver: "WUDFRd"},
		}},
		Readers:  platform.Readers{Look: platform.Seen(), List: []platform.Reader{{Name: reader}}},
		Cards:    platform.Cards{Look: platform.Seen()},
		Browsers: platform.Browsers{Look: unbuilt},
		Clients:  platform.Clients{Look: unbuilt},
	}
}

// withCard puts a virtual card into the reader and reads it. The made-up CA
// takes the place of the real one, as it does on every real card.
func withCard(o cardtest.Options) platform.Snapshot {
	s := windowsPC()
	chip := cardtest.MyNumber(o)
	c := card.Read(memory{chip}, chip.ATR())
	c.Reader = reader
	for i := range c.Certificates {
		v := &c.Certificates[i]
		v.Subject, v.Serial = "CN=PRACTICE0000000000000A,C=JP", "1234567"
		v.IssuerID = "1ac100f596a3bc8c4b3df195e32699249e9e308a"
		if v.Role == platform.RoleAuthCA {
			v.Subject, v.Serial = v.Issuer, "6d18006"
			v.KeyID, v.IssuerID = v.IssuerID, ""
			v.SHA256 = "64114f29620c24ed2631d46476a040e7ee740d956089c00b036a6a8118c322b5"
		}
	}
	s.Readers.List[0].CardIn = true
	s.Cards.List = []platform.Card{c}
	return s
}

func computers() map[string]platform.Snapshot {
	noReader := windowsPC()
	noReader.Devices.List, noReader.Readers.List = nil, nil
	noReader.Services.List[0].Running = false
	noReader.Readers.Look = platform.Look{State: platform.Failed, Why: platform.WhyNoService}
	noReader.Cards.Look = noReader.Readers.Look

	disabled := noReader
	disabled.Services = platform.Services{Look: platform.Seen(), List: []platform.Service{
		{Name: "SCardSvr", Present: true, Start: platform.StartDisabled},
	}}
	disabled.Devices = windowsPC().Devices

	soon := cardtest.EndOfDay(2027, time.January, 20)
	return map[string]platform.Snapshot{
		"healthy":          withCard(cardtest.Options{}),
		"no-reader":        noReader,
		"no-card":          windowsPC(),
		"service-disabled": disabled,
		"expired":          withCard(cardtest.Options{NotBefore: soon.AddDate(-6, 0, 0), NotAfter: soon.AddDate(-1, 0, 0)}),
		"renew-soon":       withCard(cardtest.Options{NotBefore: soon.AddDate(-5, 0, 0), NotAfter: soon}),
		"pin-locked":       withCard(cardtest.Options{AuthTries: cardtest.Locked}),
		"signature-locked": withCard(cardtest.Options{SignatureTries: cardtest.Locked}),
		"juki-card":        withCard(cardtest.Options{Label: cardtest.LabelJuki, OnlyJPKI: true}),
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

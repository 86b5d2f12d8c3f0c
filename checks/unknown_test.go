package checks_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"yomitori/checks"
	"yomitori/platform"
)

// onPage and inStore are the areas that the way of a purpose to the card rests on.
var (
	onPage  = []checks.Purpose{checks.ETax, checks.Mynaportal}
	inStore = []checks.Purpose{checks.HPKI}
)

// restsOn says without which areas nothing may be called well.
var restsOn = []struct {
	area     platform.Area
	purposes []checks.Purpose
	ids      []checks.ID
}{
	{platform.AreaReaders, checks.Purposes, []checks.ID{checks.ReaderOK, checks.CardOK, checks.NFCOK}},
	{platform.AreaCards, checks.Purposes, []checks.ID{checks.CardOK, checks.CertOK, checks.ExpiryOK, checks.RevocationOK}},
	{platform.AreaDevices, checks.Purposes, []checks.ID{checks.NFCOK}},
	{platform.AreaSystem, onPage, []checks.ID{checks.BrowserOK}},
	{platform.AreaSystem, inStore, []checks.ID{checks.BrowserOK}},
	{platform.AreaBrowsers, onPage, []checks.ID{checks.BrowserOK}},
	{platform.AreaBrowsers, inStore, []checks.ID{checks.BrowserOK}},
	{platform.AreaHosts, onPage, []checks.ID{checks.BrowserOK}},
	{platform.AreaClients, onPage, []checks.ID{checks.BrowserOK}},
	{platform.AreaClients, inStore, []checks.ID{checks.BrowserOK}},
	{platform.AreaStore, inStore, []checks.ID{checks.BrowserOK}},
	{platform.AreaCards, inStore, []checks.ID{checks.BrowserOK}},
	{platform.AreaOnline, checks.Purposes, []checks.ID{checks.RevocationOK}},
}

// restsOnUnseen says what is called well although it rests on an area that was
// not observed.
func restsOnUnseen(s platform.Snapshot, d checks.Diagnosis) error {
	for _, r := range restsOn {
		if l := *s.Look(r.area); l.OK() || !slices.Contains(r.purposes, d.Purpose) {
			continue
		}
		for _, id := range r.ids {
			// Safari reaches the card without a native host.
			bySafari := func(f *checks.Finding) bool { return slices.Equal(f.Evidence.Browsers, []string{"safari"}) }
			if f := d.Find(id); f != nil && f.Status == checks.OK && (r.area != platform.AreaHosts || !bySafari(f)) {
				return fmt.Errorf("%s is well, and %s is %+v", id, r.area, *s.Look(r.area))
			}
		}
	}
	return nil
}

// unseen are the ways in which an area may not have been observed.
func unseen() []platform.Look {
	looks := []platform.Look{{}, platform.Absent(), {State: "new in a later version"}}
	for _, why := range []platform.Why{
		platform.WhyTimedOut, platform.WhyNotBuilt, platform.WhyError, platform.WhyAccessDenied, platform.WhyNoService,
		platform.WhyServiceStopped, platform.WhyReaderLost, platform.WhyNotAsked, platform.WhyUnreachable,
	} {
		looks = append(looks, platform.Failure(why, nil))
	}
	return looks
}

// TestUnknownIsNeverWell takes each area away from each example, with what stood
// in it and without.
func TestUnknownIsNeverWell(t *testing.T) {
	list, snapshots := allExamples(t)
	looks := unseen()
	for i, e := range list {
		for j, a := range platform.Areas {
			for _, l := range []platform.Look{{}, looks[(i+j)%len(looks)]} { // each way often enough, and pending always
				for _, emptied := range []bool{false, true} {
					s := snapshots[i]
					if emptied {
						arrive(&s, platform.Snapshot{}, a)
					}
					*s.Look(a) = l
					d := checks.Diagnose(s, checks.Question{Purpose: e.purpose, Told: e.told}, e.time(s))
					sound(t, d)
					if err := restsOnUnseen(s, d); err != nil {
						t.Fatalf("%s: %v", e.name, err)
					}
				}
			}
		}
	}
}

// TestNothingSeen: where nothing was observed, nothing is well and nothing is
// the cause, but for a clock that cannot be right.
func TestNothingSeen(t *testing.T) {
	for _, l := range unseen() {
		s := platform.Snapshot{Taken: now}
		for _, a := range platform.Areas {
			*s.Look(a) = l
		}
		for _, p := range checks.Purposes {
			d := checks.Diagnose(s, checks.Question{Purpose: p}, now)
			sound(t, d)
			for _, f := range d.Findings {
				if f.Status == checks.OK {
					t.Errorf("%+v, for %s: %s is well", l, p, f.ID)
				}
			}
			if d.Outcome() == checks.NothingToDo {
				t.Errorf("%+v, for %s: nothing to do", l, p)
			}
		}
	}
}

// TestEveryAreaIsThere holds the test's way to copy an area against the type.
func TestEveryAreaIsThere(t *testing.T) {
	whole := computer(t, "healthy")
	var s platform.Snapshot
	s.Schema, s.Taken = whole.Schema, whole.Taken
	for _, a := range platform.Areas {
		arrive(&s, whole, a)
	}
	if !reflect.DeepEqual(s, whole) {
		t.Error("an area is not copied")
	}
}

package checks_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yomitori/checks"
	"yomitori/platform"
)

// shuffled puts every list in which the order means nothing into another order,
// at random. Left as they are: the readers, of which programs take the first,
// browsers that are equal in use, of which the first is judged (so the list of
// them stays), and the rows of a policy.
func shuffled(t *rapid.T, s platform.Snapshot) platform.Snapshot {
	s = clone(s)
	shuffle(t, "services", s.Services.List)
	shuffle(t, "devices", s.Devices.List)
	shuffle(t, "drivers", s.Drivers.List)
	shuffle(t, "hosts", s.Hosts.List)
	shuffle(t, "clients", s.Clients.List)
	shuffle(t, "providers", s.Clients.Providers)
	shuffle(t, "processes", s.Clients.Processes)
	shuffle(t, "store", s.Store.List)
	shuffle(t, "proxies", s.Network.Proxies)
	shuffle(t, "products", s.Security.Products)
	for i := range s.Cards.List {
		shuffle(t, "certificates", s.Cards.List[i].Certificates)
	}
	for i := range s.Browsers.List {
		b := &s.Browsers.List[i]
		shuffle(t, "profiles", b.Profiles)
		shuffle(t, "rules about extensions", b.Policies.Extensions)
		shuffle(t, "rules about hosts", b.Policies.Hosts)
		for j := range b.Profiles {
			shuffle(t, "extensions", b.Profiles[j].Extensions)
		}
	}
	return s
}

func shuffle[T any](t *rapid.T, name string, list []T) {
	copy(list, rapid.Permutation(list).Draw(t, name))
}

// judgements are the findings by id and status, sorted, and the cause.
func judgements(d checks.Diagnosis) []string {
	var list []string
	for _, f := range d.Findings {
		list = append(list, fmt.Sprintf("%s %s", f.ID, f.Status))
	}
	slices.Sort(list)
	if d.Cause != nil {
		list = append(list, "cause "+string(d.Cause.ID))
	}
	return list
}

// anExample is a golden computer, or one with some faults.
func anExample(t *rapid.T, list []example, snapshots []platform.Snapshot) (platform.Snapshot, checks.Question, example) {
	i := rapid.IntRange(0, len(list)-1).Draw(t, "computer")
	return clone(snapshots[i]), checks.Question{Purpose: list[i].purpose, Told: list[i].told}, list[i]
}

// allExamples are the golden computers with their snapshots.
func allExamples(t testing.TB) (list []example, snapshots []platform.Snapshot) {
	t.Helper()
	for _, g := range examples {
		for _, e := range g.list {
			list, snapshots = append(list, e), append(snapshots, e.snapshot(t))
		}
	}
	return list, snapshots
}

func TestOrderOfLists(t *testing.T) {
	examples, snapshots := allExamples(t)
	rapid.Check(t, func(t *rapid.T) {
		s, q, e := anExample(t, examples, snapshots)
		want := judgements(checks.Diagnose(s, q, e.time(s)))
		got := judgements(checks.Diagnose(shuffled(t, s), q, e.time(s)))
		if !slices.Equal(want, got) {
			t.Fatalf("%s: in another order the judgements are\n%v, not\n%v", e.name, got, want)
		}
	})
}

// TestOrderOfReaders turns the list of readers around: all but which of them
// programs would take stays.
func TestOrderOfReaders(t *testing.T) {
	examples, snapshots := allExamples(t)
	rapid.Check(t, func(t *rapid.T) {
		s, q, e := anExample(t, examples, snapshots)
		want := checks.Diagnose(s, q, e.time(s))
		order := rapid.Permutation(indexes(len(s.Readers.List))).Draw(t, "order")
		list := make([]platform.Reader, len(order))
		for to, from := range order {
			list[to] = s.Readers.List[from]
		}
		for i := range s.Cards.List {
			s.Cards.List[i].ReaderIndex = slices.Index(order, s.Cards.List[i].ReaderIndex)
		}
		s.Readers.List = list
		slices.SortFunc(s.Cards.List, func(a, b platform.Card) int { return a.ReaderIndex - b.ReaderIndex })
		got := checks.Diagnose(s, q, e.time(s))
		if was, is := withoutFirst(want), withoutFirst(got); !slices.Equal(was, is) {
			t.Fatalf("%s: with its readers in another order the judgements are\n%v, not\n%v", e.name, is, was)
		}
	})
}

func indexes(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// withoutFirst leaves out which reader programs would take: that is what their
// order means.
func withoutFirst(d checks.Diagnosis) []string {
	return slices.DeleteFunc(judgements(d), func(j string) bool { return strings.HasPrefix(j, "nfc.") })
}

// TestOrderOfBrowsers turns the list of browsers around: whether the service can
// be used, and what is the cause, does not depend on it where one of them is more
// in use than the others.
func TestOrderOfBrowsers(t *testing.T) {
	examples, snapshots := allExamples(t)
	rapid.Check(t, func(t *rapid.T) {
		s, q, e := anExample(t, examples, snapshots)
		want := judgements(checks.Diagnose(s, q, e.time(s)))
		shuffle(t, "browsers", s.Browsers.List)
		if got := judgements(checks.Diagnose(s, q, e.time(s))); !slices.Equal(want, got) {
			t.Fatalf("%s: with its browsers in another order the judgements are\n%v, not\n%v", e.name, got, want)
		}
	})
}

// TestOrderOfAreas lets the areas arrive one by one. Whatever comes first, the
// end is the same, and what was a problem on the way is not well in the end; nor
// is anything called well that rests on what did not arrive yet.
func TestOrderOfAreas(t *testing.T) {
	examples, snapshots := allExamples(t)
	rapid.Check(t, func(t *rapid.T) {
		whole, q, e := anExample(t, examples, snapshots)
		end := checks.Diagnose(whole, q, e.time(whole))
		s := platform.Snapshot{Schema: whole.Schema, Taken: whole.Taken}
		var d checks.Diagnosis
		for n, a := range rapid.Permutation(platform.Areas).Draw(t, "areas") {
			arrive(&s, whole, a)
			d = checks.Diagnose(s, q, e.time(whole))
			sound(t, d)
			for _, f := range d.Findings {
				if last := end.Find(f.ID); f.Status == checks.Problem && last != nil && last.Status == checks.OK {
					t.Fatalf("%s: after %d areas %s is a problem, and it is well in the end", e.name, n+1, f.ID)
				}
			}
			if err := restsOnUnseen(s, d); err != nil {
				t.Fatalf("%s: after %d areas: %v", e.name, n+1, err)
			}
		}
		if !reflect.DeepEqual(d, end) {
			t.Fatalf("%s: the diagnosis depends on the order of areas", e.name)
		}
	})
}

// arrive copies an area from one snapshot to another.
func arrive(to *platform.Snapshot, from platform.Snapshot, a platform.Area) {
	for i := range reflect.TypeOf(from).NumField() {
		if name, _, _ := strings.Cut(reflect.TypeOf(from).Field(i).Tag.Get("json"), ","); name == string(a) {
			reflect.ValueOf(to).Elem().Field(i).Set(reflect.ValueOf(from).Field(i))
		}
	}
}

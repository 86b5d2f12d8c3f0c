package journal_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/journal"
)

func fixed() time.Time { return time.Date(2026, 11, 16, 1, 30, 0, 0, time.UTC) }

func TestPending(t *testing.T) {
	entries := []journal.Entry{{ID: "d", State: journal.Made}, {ID: "c", State: journal.Unfinished}, {ID: "b", State: journal.Unfinished}, {ID: "a", State: journal.Failed}}
	if e := journal.Pending(entries); e == nil || e.ID != "c" {
		t.Errorf("%+v", e)
	}
	if e := journal.Pending(entries[:1]); e != nil {
		t.Errorf("%+v", e)
	}
}

// device is an entry about a device.
func device(id string, do platform.Repair, s journal.State) journal.Entry {
	c := platform.Change{Kind: platform.ChangeElevated, Do: do, Undoable: true}
	return journal.Entry{ID: id, State: s, Changes: []journal.Step{{Change: c, Made: s != journal.Undone, Begun: s != journal.Undone}}}
}

func TestStanding(t *testing.T) {
	off, on := platform.TurnOffDevice("nfc-1"), platform.TurnOnDevice("nfc-1")
	tests := []struct {
		name    string
		entries []journal.Entry
		want    []string
	}{
		{"turned off", []journal.Entry{device("a", off, journal.Made)}, []string{"a"}},
		{"turned on again by undoing", []journal.Entry{device("a", off, journal.Undone)}, nil},
		{"turned on again by another repair", []journal.Entry{device("b", on, journal.Made), device("a", off, journal.Made)}, nil},
		{"turned off twice", []journal.Entry{device("c", off, journal.Made), device("b", on, journal.Made), device("a", off, journal.Made)}, []string{"c"}},
		{"two devices", []journal.Entry{device("b", platform.TurnOffDevice("nfc-2"), journal.Made), device("a", off, journal.Made)}, []string{"b", "a"}},
		{"a service, which the next start brings back", []journal.Entry{device("a", platform.StopService("PcaSvc"), journal.Made)}, nil},
		{"offered as unfinished", []journal.Entry{device("a", off, journal.Unfinished)}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, e := range journal.Standing(tt.entries) {
				got = append(got, e.ID)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

package checks_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yomitori/checks"
	"yomitori/platform"
)

// TestRepairs writes down which repairs each finding is given, on the first
// computer that has each list of them, and which findings are left to a person.
func TestRepairs(t *testing.T) {
	type row struct {
		id          checks.ID
		os, repairs string
	}
	first := map[row][]string{}
	helped := map[checks.ID]bool{}
	var order []row
	for _, g := range repairExamples() {
		for _, e := range g {
			os := e.snapshot(t).System.OS
			for _, f := range e.diagnose(t).Findings {
				r := row{f.ID, os, repairsOf(f)}
				if r.repairs == "" || first[r] != nil {
					continue
				}
				helped[f.ID] = true
				order = append(order, r)
				first[r] = []string{brief(f), os, r.repairs, e.name, string(e.purpose)}
			}
		}
	}
	slices.SortStableFunc(order, func(a, b row) int { return strings.Compare(string(a.id)+a.os, string(b.id)+b.os) })
	rows := [][]string{{"finding", "system", "repairs", "computer", "purpose"}}
	for _, r := range order {
		rows = append(rows, first[r])
	}
	text := columns(rows) + "\nLeft to a person\n"
	for _, id := range checks.IDs() {
		if !helped[id] && !strings.HasSuffix(string(id), ".ok") {
			text += string(id) + "\n"
		}
	}
	golden(t, "testdata/repairs.txt", text)
}

func repairsOf(f checks.Finding) string {
	var list []string
	for _, r := range f.Repairs {
		list = append(list, r.String())
	}
	return strings.Join(list, " ")
}

// repairExamples are all computers, and some on which more is to be repaired.
func repairExamples() [][]example {
	var all [][]example
	for _, g := range examples {
		all = append(all, g.list)
	}
	return append(all, []example{
		{name: "reader behind a dead hub, on Linux", from: "healthy", changes: with(linux, deadHub), purpose: checks.Any},
		{name: "Mac, PC/SC hangs", from: "mac-healthy", changes: with(pcscFails(platform.WhyTimedOut)), purpose: checks.Any},
		{name: "Mac, PC/SC gone with a reader there", from: "mac-healthy", changes: with(pcscFails(platform.WhyNoService)), purpose: checks.Any},
		{name: "Linux with pcscd disabled", from: "healthy", changes: with(linux, pcscFails(platform.WhyNoService), disabled("pcscd")), purpose: checks.Any},
		{name: "another program holds the card, a host is left", from: "healthy", changes: with(cardFails(platform.WhyBusy), withProcess(orphanHost)), purpose: checks.ETax},
		{name: "Mac, session timed out, a choice is remembered", from: "mac-healthy", changes: with(remembered("myna.go.jp")), purpose: checks.Mynaportal, told: checks.Told{Message: checks.MessageSessionTimedOut}},
		{name: "Mac, HUB0002 and all is fine", from: "mac-healthy", purpose: checks.ETax, told: checks.Told{Message: checks.MessageHUB0002}},
		{name: "laptop with NFC turned off, and a reader", from: "nfc-conflict", changes: with(nfcProblem(platform.ProblemDisabled)), purpose: checks.ETax},
		{name: "laptop with NFC, remote desktop", from: "nfc-conflict", changes: with(remotely), purpose: checks.ETax},
		{name: "certificates of two old cards linger", from: "hpki-certificate-hidden", changes: with(oldCardsCertificate), purpose: checks.HPKI},
	})
}

func remembered(hosts ...string) change {
	return func(s *platform.Snapshot) {
		for _, h := range hosts {
			s.Store.Preferences = append(s.Store.Preferences, platform.IdentityPreference{Host: h})
		}
	}
}

func nfcProblem(code int) change {
	return func(s *platform.Snapshot) {
		for i := range s.Devices.List {
			if s.Devices.List[i].Class == platform.ClassNFC {
				s.Devices.List[i].Problem = code
			}
		}
	}
}

// repairable says what is wrong with the repairs of a diagnosis: one that is none,
// one that its finding is no ground for, one that the system does not have, or one
// that would take the only reader or a certificate that is in use.
func repairable(s platform.Snapshot, d checks.Diagnosis) error {
	for _, f := range d.Findings {
		if len(f.Repairs) > 0 && f.Status != checks.Problem && f.Status != checks.Notice {
			return fmt.Errorf("%s is %s and has repairs", f.ID, f.Status)
		}
		for i, r := range f.Repairs {
			again, err := platform.ParseRepair(r.String())
			switch {
			case err != nil || again != r:
				return fmt.Errorf("%s has %s: %v", f.ID, r, err)
			case r.BackOnly():
				return fmt.Errorf("%s has %s, which takes something back", f.ID, r)
			case slices.Contains(f.Repairs[:i], r):
				return fmt.Errorf("%s has %s twice", f.ID, r)
			case !slices.Contains(repairsOn[s.System.OS], r.ID()):
				return fmt.Errorf("%s has %s on %s", f.ID, r, s.System.OS)
			}
			if err := harmless(s, d, r); err != nil {
				return fmt.Errorf("%s has %s: %w", f.ID, r, err)
			}
		}
	}
	return nil
}

// repairsOn are the repairs that each system has.
var repairsOn = map[string][]platform.RepairID{
	"windows": slices.DeleteFunc(platform.Repairs(), func(id platform.RepairID) bool { return id == platform.RepairForgetChoice }),
	"darwin": {
		platform.RepairQuitBrowser, platform.RepairClearSiteData, platform.RepairClearCache, platform.RepairForgetChoice,
		platform.RepairEndProgram, platform.RepairRestartService, platform.RepairRefreshPCSC, platform.RepairOpen,
	},
	"linux": {
		platform.RepairQuitBrowser, platform.RepairClearSiteData, platform.RepairClearCache,
		platform.RepairRestartService, platform.RepairRefreshPCSC, platform.RepairOpen,
	},
}

// harmless says what a repair would do that none may.
func harmless(s platform.Snapshot, d checks.Diagnosis, r platform.Repair) error {
	switch r.ID() {
	case platform.RepairTurnOffDevice:
		dev := s.Devices.ByHandle(r.Target())
		if dev == nil || dev.Class != platform.ClassNFC {
			return fmt.Errorf("turns off %+v", dev)
		}
		if !slices.ContainsFunc(s.Readers.List, func(o platform.Reader) bool {
			return o.Class == platform.ReaderPlain && !o.Unavailable && o.Name != dev.Reader
		}) {
			return fmt.Errorf("no other reader is left")
		}
		if d.Card != nil && dev.Reader != "" && d.Card.Reader == dev.Reader && d.Find(checks.CardOK) != nil {
			return fmt.Errorf("the card is on it")
		}
	case platform.RepairTurnOnDevice, platform.RepairRestartDevice:
		if s.Devices.ByHandle(r.Target()) == nil {
			return fmt.Errorf("no such device")
		}
	case platform.RepairEndProgram:
		if !slices.ContainsFunc(s.Clients.Processes, func(p platform.Process) bool { return p.ID == r.Number() && (p.Hung || p.Orphan) }) {
			return fmt.Errorf("nothing that hangs has this number")
		}
	case platform.RepairDeleteCertificate:
		c := s.Store.List[s.Store.Holders()[r.Number()-1]]
		for _, card := range s.Cards.List {
			for _, v := range card.Certificates {
				if v.Serial != "" && v.Serial == c.Serial && (v.Issuer == c.Issuer || v.IssuerID == c.IssuerID) {
					return fmt.Errorf("its card is in")
				}
			}
		}
	}
	return nil
}

// TestRepairsAreSound holds the repairs of any snapshot against what holds for
// all.
func TestRepairsAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := arbitrarySnapshot(t)
		d := checks.Diagnose(s, arbitraryQuestion(t), arbitraryTime(t, s))
		if err := repairable(s, d); err != nil {
			t.Fatalf("%v\n%s", err, list(d))
		}
	})
}

// TestRepairsOfExamplesAreSound does the same with every computer, for each
// purpose.
func TestRepairsOfExamplesAreSound(t *testing.T) {
	for _, g := range repairExamples() {
		for _, e := range g {
			s := e.snapshot(t)
			for _, p := range checks.Purposes {
				if err := repairable(s, checks.Diagnose(s, checks.Question{Purpose: p, Told: e.told}, e.time(s))); err != nil {
					t.Errorf("%s for %s: %v", e.name, p, err)
				}
			}
		}
	}
}

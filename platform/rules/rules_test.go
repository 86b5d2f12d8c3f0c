package rules_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yomitori/platform"
	"yomitori/platform/rules"
)

// all are the rules of every table, by row.
func all() map[string]rules.Rule {
	list := map[string]rules.Rule{"JPKI": rules.JPKI.Rule, "HPKI": rules.HPKI.Rule}
	for _, r := range rules.Systems {
		list[fmt.Sprintf("system %s of %s", r.OS, r.Service)] = r.Rule
	}
	for _, r := range rules.BrowserLists {
		list[fmt.Sprintf("browsers on %s of %s", r.OS, r.Service)] = r.Rule
	}
	for _, r := range rules.Extensions {
		list["extension "+r.ID] = r.Rule
	}
	for _, r := range rules.Renewals {
		list["renewal "+r.Organisation] = r.Rule
	}
	return list
}

func day(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation(time.DateOnly, s, time.FixedZone("JST", 9*60*60))
	if err != nil {
		t.Error(err)
	}
	return at
}

func TestEveryRuleTellsItsAge(t *testing.T) {
	for name, r := range all() {
		t.Run(name, func(t *testing.T) {
			day(t, r.ReviewBy)
			isPeriod := slices.ContainsFunc([]string{time.DateOnly, "2006-01", "2006"}, func(layout string) bool {
				_, err := time.Parse(layout, r.AsOf)
				return err == nil
			})
			if r.Source == "" || r.AsOf != "" && !isPeriod || r.AsOf > r.ReviewBy || r.AsOf > rules.Written {
				t.Errorf("rule %+v", r)
			}
		})
	}
}

// A source without a date has none: neither the day on which somebody wrote the
// row, nor one that was worked out.
func TestNoDateIsMadeUp(t *testing.T) {
	without := []string{"HPKI", "JPKI", "browsers on windows of mynaportal", "extension ddhaancdmkmeigppopkakhpbboccibla"}
	for name, r := range all() {
		if (r.AsOf == "") != slices.Contains(without, name) {
			t.Errorf("%s is as of %q", name, r.AsOf)
		}
	}
	day(t, rules.Written)
	if rules.Compiled > rules.Written {
		t.Errorf("a clock that shows %s, when the rows were written, would be wrong", rules.Written)
	}
}

// The last day counts, and it ends in Japan.
func TestOutdated(t *testing.T) {
	for name, r := range all() {
		t.Run(name, func(t *testing.T) {
			tomorrow := day(t, r.ReviewBy).AddDate(0, 0, 1)
			for _, zone := range []*time.Location{time.UTC, time.FixedZone("", 14*60*60)} {
				if r.Outdated(tomorrow.Add(-time.Second).In(zone)) {
					t.Errorf("outdated on %s", r.ReviewBy)
				}
				if !r.Outdated(tomorrow.In(zone)) {
					t.Errorf("not outdated after %s", r.ReviewBy)
				}
			}
		})
	}
}

func TestAuthorities(t *testing.T) {
	seen := map[string]bool{}
	for _, table := range []rules.Authorities{rules.JPKI, rules.HPKI} {
		for _, a := range table.List {
			t.Run(a.Name, func(t *testing.T) {
				if a.Serial == "" && (len(a.SHA256) != 64 || len(a.KeyID) != 40) {
					t.Error("nothing tells this certificate")
				}
				if !a.NotBefore.Before(a.NotAfter) {
					t.Errorf("valid from %s to %s", a.NotBefore, a.NotAfter)
				}
				for _, id := range []string{a.Name, a.SHA256, a.KeyID, a.Serial} {
					if id != "" && seen[id] {
						t.Errorf("%s twice", id)
					}
					seen[id] = true
				}
			})
		}
	}
}

func TestRenewals(t *testing.T) {
	for _, r := range rules.Renewals {
		day(t, r.Day)
	}
	if last := rules.Renewals[len(rules.Renewals)-1]; last.Organisation != "" {
		t.Errorf("the row for every other CA is not the last: %+v", last)
	}
}

func TestVersions(t *testing.T) {
	tests := []struct {
		system     rules.System
		none       bool
		versions   string
		named, not []int
	}{
		{rules.System{Oldest: 12, Newest: 15}, false, "12–15", []int{12, 13, 15}, []int{11, 16}},
		{rules.System{Oldest: 22000}, false, "22000–", []int{22000, 99999}, []int{21999}},
		{rules.System{}, true, "", nil, []int{0, 1, 99999}},
	}
	for _, tt := range tests {
		if tt.system.NamesNone() != tt.none || tt.system.Versions() != tt.versions {
			t.Errorf("%+v: none is %t, versions %q", tt.system, tt.system.NamesNone(), tt.system.Versions())
		}
		for _, v := range tt.named {
			if !tt.system.Names(v) {
				t.Errorf("%+v does not name %d", tt.system, v)
			}
		}
		for _, v := range tt.not {
			if tt.system.Names(v) {
				t.Errorf("%+v names %d", tt.system, v)
			}
		}
	}
}

// The pages of the store that repairs open are those of the extensions known here.
func TestStorePagesAreOfTheKnownExtensions(t *testing.T) {
	for place, software := range map[platform.Place]platform.Software{
		platform.PlaceMynaportalInStore: platform.SoftwareMynaportal,
		platform.PlaceJPKIInStore:       platform.SoftwareJPKI,
	} {
		known := slices.ContainsFunc(rules.Extensions, func(e rules.Extension) bool {
			return e.Software == software && strings.HasSuffix(place.Page(), "/"+e.ID)
		})
		if !known {
			t.Errorf("%s opens %s", place, place.Page())
		}
	}
}

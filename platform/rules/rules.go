package rules

import (
	"fmt"
	"time"

	"yomitori/platform"
)

const (
	// Written is the day on which the rows were last gone through, by the history
	// of this file.
	Written = "2026-11-23"
	// Compiled is a day before that: a clock that shows an earlier one is wrong.
	Compiled = "2026-11-01"
)

// How long a rule is trusted depends on its kind.
//
//	a list of systems or browsers   12 months: each autumn brings a macOS, each
//	                                winter a filing season with a list of its own
//	a system that was dropped       36 months: it does not come back, only more
//	                                may follow it
//	certificates of CAs             until the next one is there or expected
//	ids of extensions               12 months: an id is the store's, and changes
//	                                only with a new extension

// Sources of several rules.
var (
	manual  = Rule{Source: "HPKI-KAGURA's manual of errors 2.16 (facts/os-browser.md S2)", AsOf: "2026-02", ReviewBy: "2027-02-01"}
	macList = Rule{Source: "a user's report on e-Tax's list (facts/os-browser.md 7 [13])", AsOf: "2025-03-11", ReviewBy: "2026-03-11"}
)

// System is which versions of a system a service supports.
type System struct {
	Rule
	Service platform.Software // whose pages it serves
	OS      string            // as in platform.System
	// Oldest and Newest are the versions that the source names: of macOS the
	// first number, of Windows the build. Without a newest one, each that came
	// later will do; without both, none will.
	Oldest, Newest int
}

// NamesNone reports whether the service does without this system.
func (s System) NamesNone() bool { return s.Oldest == 0 }

// Versions writes the versions that the source names, for people.
func (s System) Versions() string {
	switch {
	case s.NamesNone():
		return ""
	case s.Newest == 0:
		return fmt.Sprintf("%d–", s.Oldest)
	}
	return fmt.Sprintf("%d–%d", s.Oldest, s.Newest)
}

// Names reports whether the source names a version.
func (s System) Names(version int) bool {
	return !s.NamesNone() && version >= s.Oldest && (s.Newest == 0 || version <= s.Newest)
}

// Systems lists them (facts/os-browser.md 7). What Mynaportal asks of a system
// was not found, nor what HPKI-KAGURA asks of Windows.
var Systems = []System{
	{
		// Windows 11 begins with this build. No Windows for servers is named.
		Rule:    Rule{Source: "notice of the National Tax Agency (facts/os-browser.md 7 [66])", AsOf: "2025-10-14", ReviewBy: "2028-10-14"},
		Service: platform.SoftwareETax, OS: "windows", Oldest: 22000,
	},
	{
		// Whether macOS 26 came to the list was not found.
		Rule:    macList,
		Service: platform.SoftwareETax, OS: "darwin", Oldest: 12, Newest: 15,
	},
	{
		// It describes Windows and telephones, and no driver for the Mac was found.
		Rule:    manual,
		Service: platform.SoftwareHPKI, OS: "darwin",
	},
}

// Browsers is with which browsers a service can be used on a system.
type Browsers struct {
	Rule
	Service platform.Software // whose pages it serves
	OS      string            // as in platform.System
	Listed  []platform.BrowserName
	// Registered are browsers that count where official software is registered
	// with them, because no list says which do.
	Registered []platform.BrowserName
}

var edgeAndChrome = []platform.BrowserName{platform.BrowserEdge, platform.BrowserChrome}

// BrowserLists lists them (facts/os-browser.md 7).
var BrowserLists = []Browsers{
	{
		Rule:    Rule{Source: "notice of the National Tax Agency (facts/os-browser.md 7 [66])", AsOf: "2025-10-14", ReviewBy: "2026-10-14"},
		Service: platform.SoftwareETax, OS: "windows", Listed: edgeAndChrome,
	},
	{
		// No present list was found; the extension is in the stores of the two.
		Rule:    Rule{Source: "where its extension is offered (facts/os-browser.md 1.1)", ReviewBy: "2027-11-01"},
		Service: platform.SoftwareMynaportal, OS: "windows", Listed: edgeAndChrome,
	},
	{
		Rule:    manual,
		Service: platform.SoftwareHPKI, OS: "windows", Listed: edgeAndChrome,
	},
	{
		// Safari, and not Chrome.
		Rule:    macList,
		Service: platform.SoftwareETax, OS: "darwin", Listed: []platform.BrowserName{platform.BrowserSafari},
	},
	{
		// No present list was found; then Safari and Chrome were on it.
		Rule:    Rule{Source: "a user's report on the list (facts/os-browser.md 7 [70])", AsOf: "2020-04-21", ReviewBy: "2021-04-21"},
		Service: platform.SoftwareMynaportal, OS: "darwin", Listed: []platform.BrowserName{platform.BrowserSafari}, Registered: edgeAndChrome,
	},
}

// Extension is an extension whose id a public source tells. Ids found in the
// manifests of native hosts come first; these are hints.
type Extension struct {
	Rule
	ID       string
	Software platform.Software
}

// Extensions lists them (facts/os-browser.md 1.1, one source each). The id of
// e-Tax AP was found nowhere.
var Extensions = []Extension{
	{
		// The source is of about that year.
		Rule: Rule{Source: "a cask for version 8.2.0 (facts/os-browser.md 1.1 [10])", AsOf: "2020", ReviewBy: "2021-01-01"},
		ID:   "fjjibalalngebiaophebgkkohaaggphf", Software: platform.SoftwareMynaportal,
	},
	{
		Rule: Rule{Source: "a guide for visas (facts/os-browser.md 1.1 [16])", ReviewBy: "2027-11-01"},
		ID:   "ddhaancdmkmeigppopkakhpbboccibla", Software: platform.SoftwareJPKI,
	},
}

// Authority is the certificate of one CA.
type Authority struct {
	Name string
	// SHA256 is that of the DER, KeyID the subject key identifier, both in hex.
	SHA256, KeyID string
	// Serial, in hex, and the day of NotBefore tell a certificate of which the
	// other two were not had.
	Serial              string
	NotBefore, NotAfter time.Time
}

// Authorities are the certificates of the CAs of one kind of card. One that is
// missing here is unknown to this version and nothing worse.
type Authorities struct {
	Rule
	List []Authority
}

// JPKI lists the CAs of My Number Cards (facts/ca-certificates.md, computed from
// public copies). The three generations share one name. Each began about four
// years after the one before, so the next is expected when the third is four.
var JPKI = Authorities{
	Rule: Rule{Source: "facts/ca-certificates.md", ReviewBy: "2027-07-15"},
	List: []Authority{
		{
			Name:   "JPKI user authentication 01",
			SHA256: "4dcfc4ca0aaf9fb2a3081b3f0c991c320b3acc008667a341eeaec5af1d58ca7d", KeyID: "9567951b5ca70d84a0fff1d85a87f1aab1340385",
			NotBefore: utc(2015, 10, 20, 3, 8, 13), NotAfter: utc(2025, 10, 19, 14, 59, 59),
		},
		{
			// Known from a description, which names the days only, so it is named
			// as such. That it ends with the day in Japan is taken from the others.
			Name: "JPKI user authentication 02 (by serial number)", Serial: "133c349",
			NotBefore: utc(2019, 9, 14, 0, 0, 0), NotAfter: utc(2029, 9, 14, 14, 59, 59),
		},
		{
			Name:   "JPKI user authentication 03",
			SHA256: "64114f29620c24ed2631d46476a040e7ee740d956089c00b036a6a8118c322b5", KeyID: "1ac100f596a3bc8c4b3df195e32699249e9e308a",
			NotBefore: utc(2023, 7, 16, 1, 1, 4), NotAfter: utc(2033, 7, 15, 14, 59, 59),
		},
		{
			Name:   "JPKI digital signature 01",
			SHA256: "19645405a1fe14377434bd55957628ac4038557c542403a2243f21c706fc9355", KeyID: "0d034cbb34d0714f45e45a1cafd8fd143fab54a7",
			NotBefore: utc(2015, 10, 20, 2, 40, 28), NotAfter: utc(2025, 10, 19, 14, 59, 59),
		},
		{
			Name:   "JPKI digital signature 02",
			SHA256: "79679c33e4cc9319440f1ad120a597ff1844e2ef217063adb176966fd5e6fbeb", KeyID: "4de017de4b7f473dcd867a62d38b134ace83558a",
			NotBefore: utc(2019, 9, 14, 23, 41, 56), NotAfter: utc(2029, 9, 14, 14, 59, 59),
		},
		{
			Name:   "JPKI digital signature 03",
			SHA256: "d227f6cde11d35c5252178f106f843d24651944975413b539fa2fb68dbfa365f", KeyID: "d21ea55895617e93adbf966b941ab4edf653f08f",
			NotBefore: utc(2023, 7, 16, 0, 50, 27), NotAfter: utc(2033, 7, 15, 14, 59, 59),
		},
	},
}

// HPKI lists the CAs of HPKI cards (facts/ca-certificates.md, computed from
// public copies). Of JMA's none was had, and MEDIS has newer ones since 2025-03-17,
// which are not here: the table was old when it was written. See Renewals.
var HPKI = Authorities{
	Rule: Rule{Source: "facts/ca-certificates.md", ReviewBy: "2025-03-16"},
	List: []Authority{
		{
			Name:   "MHLW HPKI Root CA V2",
			SHA256: "6ed2796b1b101736d952185787cb36da9ce80522cc8cb7b5ce728b61be1b674c", KeyID: "01a5630ee0d251f613aa1501152889d64198337f",
			NotBefore: utc(2014, 1, 17, 6, 8, 8), NotAfter: utc(2044, 1, 16, 14, 59, 59),
		},
		{
			Name:   "HPKI-01-MedisSignCA2-forNonRepudiation",
			SHA256: "5f497e73f986c4503eb25eb94851a79193d2edc8f829f32e930a61f0b569e033", KeyID: "9dd6135245efbd5e7852c8588e78bc541e3f96e6",
			NotBefore: utc(2015, 4, 20, 4, 40, 30), NotAfter: utc(2035, 4, 19, 14, 59, 59),
		},
		{
			Name:   "HPKI-01-MedisAuthCA2-forAuthentication-forIndividual",
			SHA256: "476b64ddd92129cad257906d206fff4e8e32390faf2f64892f6c810cfff54bc3", KeyID: "5000e5dcd21faf28c09421889bb295a8d47d2796",
			NotBefore: utc(2017, 3, 17, 4, 51, 2), NotAfter: utc(2037, 3, 16, 14, 59, 59),
		},
	},
}

// Renewal is the day on which a CA of HPKI got a new certificate under the same
// name.
type Renewal struct {
	Rule
	Organisation string // as in the name of the CA, "" for every other one
	Day          string // in Japan, "2006-01-02"
}

// Renewals lists them (facts/os-browser.md 3.2). What JMA's CA is really called
// was not found, so every CA that is not MEDIS's is taken for it: its day is the
// earlier one.
var Renewals = []Renewal{
	{
		Rule:         manual,
		Organisation: "MEDIS", Day: "2025-03-17",
	},
	{
		Rule: manual,
		Day:  "2024-11-15",
	},
}

func utc(year, month, day, hour, minute, second int) time.Time {
	return time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
}

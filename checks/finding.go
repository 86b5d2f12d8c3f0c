package checks

import (
	"time"

	"yomitori/platform"
)

// Finding is one thing that a check established, or could not.
type Finding struct {
	ID       ID       `json:"id"`
	Step     Step     `json:"step"`
	Status   Status   `json:"status"`
	Evidence Evidence `json:"evidence"`
	// Hides lists the findings that this one explains, so that nobody is
	// sent after a symptom.
	Hides []ID `json:"hides"`
	// Repairs lists what fits the finding on this computer, the best first;
	// Articles name what explains it, see package assets.
	Repairs  []platform.Repair `json:"repairs"`
	Articles []string          `json:"articles"`
}

// Status says what a finding amounts to.
type Status string

// The statuses. An ".ok" finding can be Unknown (nobody could look) or Skipped
// (it does not matter for the purpose, or the cause makes it moot).
const (
	OK      Status = "ok"
	Notice  Status = "notice"
	Problem Status = "problem"
	Unknown Status = "unknown"
	Skipped Status = "skipped"
)

// Step is a step of the wizard.
type Step string

// The steps in the wizard's order. System findings have no page of their own;
// they are shown with the result.
const (
	StepReader      Step = "reader"
	StepCard        Step = "card"
	StepCertificate Step = "certificate"
	StepExpiry      Step = "expiry"
	StepRevocation  Step = "revocation"
	StepBrowser     Step = "browser"
	StepNFC         Step = "nfc"
	StepSystem      Step = "system"
)

// Purpose is what the user wants to do with the card.
type Purpose string

// The purposes. Any asks only for what holds for every service.
const (
	ETax       Purpose = "etax"
	Mynaportal Purpose = "mynaportal"
	HPKI       Purpose = "hpki"
	Any        Purpose = "any"
)

// Purposes lists all purposes.
var Purposes = []Purpose{ETax, Mynaportal, HPKI, Any}

// Evidence holds the facts of the snapshot that a finding rests on. Only the
// fields that matter to the finding are set.
type Evidence struct {
	// Area and Why tell what could not be looked at, and why not. Why is
	// "pending" while looking goes on.
	Area platform.Area `json:"area,omitempty" share:"plain"`
	Why  platform.Why  `json:"why,omitempty" share:"plain"`

	Purpose  Purpose           `json:"purpose,omitempty" share:"plain"` // where advice depends on it
	OS       string            `json:"os,omitempty" share:"plain"`      // "linux", "windows", "darwin"
	OSName   string            `json:"os_name,omitempty" share:"plain"`
	Service  *platform.Service `json:"service,omitempty" share:"plain"`
	Readers  []string          `json:"readers,omitempty" share:"plain"`
	Devices  []string          `json:"devices,omitempty" share:"plain"`
	Browsers []string          `json:"browsers,omitempty" share:"plain"`

	// Supported names the browsers that will do.
	Supported []string `json:"supported,omitempty" share:"plain"`
	Drivers   []string `json:"drivers,omitempty" share:"plain"` // bundle identifiers
	// Version is that of the system, MinSystem the oldest that a program asks for.
	Version   string `json:"version,omitempty" share:"plain"`
	MinSystem string `json:"min_system,omitempty" share:"plain"`

	Kind  platform.Kind `json:"kind,omitempty" share:"plain"`
	Kinds []string      `json:"kinds,omitempty" share:"plain"`
	Label string        `json:"label,omitempty" share:"plain"`

	Role       platform.Role  `json:"role,omitempty" share:"plain"`
	HCRole     string         `json:"hc_role,omitempty" share:"plain"`
	Issuer     string         `json:"issuer,omitempty" share:"plain"`
	Key        string         `json:"key,omitempty" share:"plain"`
	Authority  string         `json:"authority,omitempty" share:"plain"` // name of the CA certificate in the table of known ones
	StatusWord string         `json:"status_word,omitempty" share:"plain"`
	Tries      platform.Tries `json:"tries,omitzero" share:"plain"`

	NotBefore time.Time `json:"not_before,omitzero" share:"plain"`
	NotAfter  time.Time `json:"not_after,omitzero" share:"plain"`
	// Date is a calendar day in Japan, "2006-01-02".
	Date string `json:"date,omitempty" share:"plain"`
	// DaysLeft counts calendar days in Japan until the last valid day; 0 is
	// today, negative is past. Nil when the finding is not about a date.
	DaysLeft *int `json:"days_left,omitempty" share:"plain"`

	Retries int `json:"retries,omitempty" share:"plain"`

	// Conditions name what is the matter where an id leaves that open.
	Conditions []Condition `json:"conditions,omitempty" share:"plain"`

	Software platform.Software `json:"software,omitempty" share:"plain"` // which official software was looked for
	// WorksIn names browsers in which the same thing is fine.
	WorksIn     []string             `json:"works_in,omitempty" share:"plain"`
	Profile     string               `json:"profile,omitempty" share:"plain"` // its folder
	Extension   *platform.Extension  `json:"extension,omitempty" share:"plain"`
	Host        *platform.NativeHost `json:"host,omitempty" share:"plain"`
	Policies    []string             `json:"policies,omitempty" share:"plain"`     // that an administrator set
	Programs    []string             `json:"programs,omitempty" share:"plain"`     // file names of programs that run
	Products    []string             `json:"products,omitempty" share:"plain"`     // security software
	Arch        string               `json:"arch,omitempty" share:"plain"`         // of the computer
	ProgramArch string               `json:"program_arch,omitempty" share:"plain"` // of the program
	CodePage    int                  `json:"code_page,omitempty" share:"plain"`
	Problem     int                  `json:"problem,omitempty" share:"plain"` // problem code of the device in Windows

	Provider string `json:"provider,omitempty" share:"plain"` // cryptographic provider
	// Chain says whether the issuer of the card's certificate is in the store.
	Chain platform.Chain `json:"chain,omitempty" share:"plain"`
	// Leftovers counts certificates in the store whose card is not in a reader.
	Leftovers int `json:"leftovers,omitempty" share:"plain"`

	// Takes is the reader that official software is likely to take, where that
	// is not the one with the card.
	Takes string `json:"takes,omitempty" share:"plain"`

	// Told is true when the finding rests on what the user said and on nothing
	// that was observed.
	Told bool `json:"told,omitempty" share:"plain"`

	// Revocation is the answer about the certificate, fetched over the network.
	Revocation *platform.Revocation  `json:"revocation,omitempty" share:"plain"`
	Sites      []platform.SiteAnswer `json:"sites,omitempty" share:"plain"`

	// AsOf is the day, month or year of which the rule tells that the finding
	// rests on, "2006-01-02"; Outdated is true when that was too long ago (package rules). Listed names
	// the versions of the system that the rule names.
	AsOf     string `json:"as_of,omitempty" share:"plain"`
	Outdated bool   `json:"outdated,omitempty" share:"plain"`
	Listed   string `json:"listed,omitempty" share:"plain"`
}

// StandsIn reports whether Mynaportal's software was looked at in the place of
// e-Tax's own, the ids of which are in no public source. On a Mac none stands for
// another: which software a service needs is not known there at all.
func (e Evidence) StandsIn() bool {
	return e.OS != "darwin" && e.Purpose == ETax && e.Software == platform.SoftwareMynaportal
}

// WhyPending in Evidence.Why says that looking still goes on.
const WhyPending platform.Why = "pending"

// Pending reports whether the finding will be replaced when looking ends.
func (f Finding) Pending() bool { return f.Status == Unknown && f.Evidence.Why == WhyPending }

// Diagnosis is the judgement of one snapshot for one purpose.
type Diagnosis struct {
	Question
	Time time.Time
	// Cause is the finding to act on first, or nil.
	Cause *Finding
	// Next lists the problems that the cause does not explain, in the order in
	// which to act on them.
	Next []*Finding
	// Findings holds every finding in the order of the steps.
	Findings []Finding
	// Card is the card that was judged, or nil.
	Card *platform.Card

	// snapshot is what was judged, for another purpose to be judged too.
	snapshot *platform.Snapshot
}

// Step returns the findings of one step.
func (d Diagnosis) Step(s Step) []Finding {
	var found []Finding
	for _, f := range d.Findings {
		if f.Step == s {
			found = append(found, f)
		}
	}
	return found
}

// Find returns the finding with an id, or nil.
func (d Diagnosis) Find(id ID) *Finding {
	for i := range d.Findings {
		if d.Findings[i].ID == id {
			return &d.Findings[i]
		}
	}
	return nil
}

// Outcome is what a diagnosis comes to as a whole.
type Outcome string

// The outcomes.
const (
	NothingToDo  Outcome = "nothing-to-do"
	CauseFound   Outcome = "cause-found"
	Undetermined Outcome = "undetermined"
	StillLooking Outcome = "still-looking"
	// The user told a failure, and nothing on this computer explains it.
	NotHere Outcome = "not-here"
	// What the page said has its cause outside this computer, on which nothing
	// is to be done.
	CauseElsewhere Outcome = "elsewhere"
)

// Outcome sums the diagnosis up. Without a cause, one finding that could not
// be established is enough to leave the whole undetermined, and nothing is well
// where the user told that something fails.
func (d Diagnosis) Outcome() Outcome {
	if d.Cause != nil {
		return CauseFound
	}
	outcome := NothingToDo
	for _, f := range d.Findings {
		switch {
		case f.Pending():
			return StillLooking
		case f.Status == Unknown:
			outcome = Undetermined
		}
	}
	switch {
	case d.Told.Message.Elsewhere() && outcome == NothingToDo:
		return CauseElsewhere
	case d.Told.Message.Elsewhere(), row(d.Told.Message).harmless && d.Told.Moment == "":
	case d.Told.Message != "", d.Told.Unrecognised, d.Told.Moment != "":
		return NotHere
	}
	return outcome
}

// worst orders statuses by how much they ask for attention.
var worst = map[Status]int{Skipped: 0, OK: 1, Notice: 2, Unknown: 3, Problem: 4}

// StepStatus is the status that stands for a whole step.
func (d Diagnosis) StepStatus(s Step) Status {
	status := Skipped
	for _, f := range d.Step(s) {
		if worst[f.Status] > worst[status] {
			status = f.Status
		}
	}
	return status
}

// Attention lists notices that a person should know before using the card: a
// PIN with one try left, a certificate or card that ends soon, one that signs and
// is void, what a page says of revocation, links that open in a browser that the
// service does not support, what a browser may remember, which reader is likely to
// be taken for the right one, and what a message means that no login minds.
// What is only a guess is left to Try.
func (d Diagnosis) Attention() []Finding {
	var found []Finding
	for _, f := range d.Findings {
		switch f.ID {
		case PinAuthLastTry, PinSignatureLastTry, PinHPKILastTry, ExpiryRenewNow, ExpiryTooNew, ExpiryExpired, ExpiryNotYet, ExpiryCard,
			RevocationRevoked, RevocationMovedOrRenamed, BrowserUnsupported, BrowserSessionStale:
		default:
			aside := f.ID == StoreCAOutdated && row(d.Told.Message).harmless
			if f.Evidence.Takes == "" && !aside {
				continue
			}
		}
		tried := f.ID == BrowserSessionStale && f.Evidence.Told && d.Outcome() == NotHere
		if f.Status == Notice && !tried {
			found = append(found, f)
		}
	}
	return found
}

package platform

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Repairer is a computer on which repairs can be made. It makes single changes;
// package journal records them, before and after, and takes them back.
type Repairer interface {
	// PlanRepair says what a repair would change now. It looks afresh at what it
	// is about, changes nothing, and takes from the snapshot only what would have
	// to be asked of a card. Errors are a *RepairError where a person can be told
	// more than that it failed.
	PlanRepair(ctx context.Context, r Repair, s Snapshot) (RepairPlan, error)
	// MakeChange makes one change of a plan. It keeps in the folder kept what is
	// needed to take the change back, on the disk before anything is changed, and
	// returns the change with what it learned. A change that was made before,
	// wholly or in part, is made whole and is no error.
	MakeChange(ctx context.Context, c Change, kept string) (Change, error)
	// TakeBack takes a change back that was made, or was begun. What does not
	// need to be taken back any more is no error.
	TakeBack(ctx context.Context, c Change, kept string) error
}

// RepairPlan is what a repair would change, in order.
type RepairPlan struct {
	Repair Repair `json:"repair" share:"plain"`
	// First lists repairs that have to be made before this one can be planned;
	// there are no changes then.
	First   []Repair  `json:"first,omitempty" share:"plain"`
	Changes []Change  `json:"changes,omitempty" share:"plain"`
	Heed    []Heeding `json:"heed,omitempty" share:"plain"`
}

// Undoable reports whether anything of the plan can be taken back.
func (p RepairPlan) Undoable() bool {
	for _, c := range p.Changes {
		if c.Undoable {
			return true
		}
	}
	return false
}

// Heeding is what a person should know before consenting.
type Heeding string

// What to heed.
const (
	HeedUnsavedWork  Heeding = "unsaved-work"   // in the windows that will close
	HeedOtherLogins  Heeding = "other-logins"   // of other sites stay
	HeedAnotherUse   Heeding = "another-use"    // clearing the SSL state is for IE mode and for the official advice
	HeedUntilRestart Heeding = "until-restart"  // of the computer it lasts
	HeedOtherDevices Heeding = "other-devices"  // other uses of the device stop as well
	HeedInternet     Heeding = "internet"       // a browser will load a page
	HeedCardsOfAll   Heeding = "cards-of-all"   // programs that use cards lose them for a moment
	HeedMayBeRefused Heeding = "may-be-refused" // by the system, even to an administrator
)

// Change is one change of a repair: what is touched, and what is needed to find
// it again. Only the fields that its kind needs are set. It is kept in the
// journal, so it never holds what a site or a card entrusted to the computer.
type Change struct {
	Kind ChangeKind `json:"kind" share:"plain"`
	// Undoable is true when TakeBack brings back what was there.
	Undoable bool `json:"undoable,omitempty" share:"plain"`

	// Do and Back cross to the elevated program (ChangeElevated).
	Do   Repair `json:"do,omitzero" share:"plain"`
	Back Repair `json:"back,omitzero" share:"plain"`

	Browser BrowserName `json:"browser,omitempty" share:"plain"`
	Profile string      `json:"profile,omitempty" share:"plain"` // its folder
	Path    string      `json:"path,omitempty" share:"mask"`     // full path of the file or folder
	Host    string      `json:"host,omitempty" share:"plain"`    // the services' own (IsServiceHost)
	Count   int         `json:"count,omitempty" share:"plain"`   // rows, files or processes
	Bytes   int64       `json:"bytes,omitempty" share:"plain"`

	// Process is the one to end, by id, and the moment at which it started, so
	// that no other one is ended that was given the same id.
	Process int       `json:"process,omitempty" share:"plain"`
	Started time.Time `json:"started,omitzero" share:"plain"`
	// Program is a file name. Where a browser's processes are ended, it lists some
	// of the Count with their ids: in a plan those that run, and once the change was
	// made those that were ended.
	Program string `json:"program,omitempty" share:"plain"`

	Service string       `json:"service,omitempty" share:"plain"`
	Start   ServiceStart `json:"start,omitempty" share:"plain"`   // before the change
	Running bool         `json:"running,omitempty" share:"plain"` // before the change
	Starts  bool         `json:"starts,omitempty" share:"plain"`  // it is started too
	// Others are the services that stop and start again with it.
	Others []string `json:"others,omitempty" share:"plain"`

	Device     string `json:"device,omitempty" share:"plain"` // its handle
	DeviceName string `json:"device_name,omitempty" share:"plain"`

	Issuer    string    `json:"issuer,omitempty" share:"plain"`
	NotBefore time.Time `json:"not_before,omitzero" share:"plain"`
	NotAfter  time.Time `json:"not_after,omitzero" share:"plain"`
	SHA256    string    `json:"sha256,omitempty" share:"mask"` // of the certificate

	Place Place `json:"place,omitempty" share:"plain"`
}

// ChangeKind says what a change touches.
type ChangeKind string

// Kinds of changes.
const (
	ChangeCloseBrowser ChangeKind = "close-browser" // asks its windows to close
	ChangeEndProcess   ChangeKind = "end-process"
	ChangeCookies      ChangeKind = "cookies"     // rows of a database
	ChangeSiteFolder   ChangeKind = "site-folder" // of one host in a profile
	ChangeCacheFolder  ChangeKind = "cache-folder"
	ChangeSSLState     ChangeKind = "ssl-state"
	ChangeElevated     ChangeKind = "elevated" // what Do says, by an elevated program
	ChangeCertificate  ChangeKind = "certificate"
	ChangePreference   ChangeKind = "preference" // a remembered choice of a certificate
	ChangePCSC         ChangeKind = "pcsc"
	ChangeOpen         ChangeKind = "open"
)

// RepairError says why a repair, or a change, was not made, for code that decides
// on it and for the sentence that a person reads.
type RepairError struct {
	Why RepairWhy
	// On is what it is about: a file name, a program, a service.
	On  string
	Err error
}

// RepairWhy is why a repair was not made.
type RepairWhy string

// The reasons.
const (
	RepairNothing     RepairWhy = "nothing-to-do"
	RepairNotHere     RepairWhy = "not-here"     // this kind of computer has no such thing
	RepairGone        RepairWhy = "gone"         // what it is about is not there any more
	RepairChanged     RepairWhy = "changed"      // it is not what was shown any more
	RepairStillRuns   RepairWhy = "still-runs"   // the browser or program did not end
	RepairLocked      RepairWhy = "locked"       // another program holds the file
	RepairNoSpace     RepairWhy = "no-space"     // on the disk
	RepairReadOnly    RepairWhy = "read-only"    // the file or folder may not be written
	RepairOutside     RepairWhy = "outside"      // a link leads out of the profile
	RepairDamaged     RepairWhy = "damaged"      // the file is not sound, or of an unknown shape
	RepairOnlyReader  RepairWhy = "only-reader"  // no other reader would be left
	RepairInUse       RepairWhy = "in-use"       // it serves something that must not be interrupted
	RepairUnseen      RepairWhy = "unseen"       // a card that it may be about could not be looked at
	RepairRefused     RepairWhy = "refused"      // the user said no to the administrator's question
	RepairNoAdmin     RepairWhy = "no-admin"     // there is no way to ask an administrator
	RepairDenied      RepairWhy = "denied"       // the system refuses it even so
	RepairTimedOut    RepairWhy = "timed-out"    // it did not come to an end
	RepairStopped     RepairWhy = "stopped"      // by the user, on its way
	RepairBusy        RepairWhy = "busy"         // another copy of this program makes a repair
	RepairNotUndoable RepairWhy = "not-undoable" // nothing is kept to undo it with
	RepairFailed      RepairWhy = "failed"
)

// OnAutomation is what RepairDenied is about (RepairError.On) where the user of a
// Mac does not let this program control a browser: システム設定 →
// プライバシーとセキュリティ → オートメーション.
const OnAutomation = "automation"

// CannotRepair gives an error its reason.
func CannotRepair(why RepairWhy, on string, err error) error { return &RepairError{why, on, err} }

func (e *RepairError) Error() string {
	text := string(e.Why)
	if e.On != "" {
		text += " (" + e.On + ")"
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the error under the reason.
func (e *RepairError) Unwrap() error { return e.Err }

// RepairWhyOf is the reason of an error, RepairFailed where it has no better one.
func RepairWhyOf(err error) RepairWhy {
	var e *RepairError
	switch {
	case errors.As(err, &e):
		return e.Why
	case errors.Is(err, context.Canceled):
		return RepairStopped
	case errors.Is(err, context.DeadlineExceeded):
		return RepairTimedOut
	}
	return RepairFailed
}

// untouchedError marks an error that came before anything was touched.
type untouchedError struct{ err error }

func (e untouchedError) Error() string { return e.err.Error() }

func (e untouchedError) Unwrap() error { return e.err }

// Untouched marks the error of a change, or of taking one back, that came before
// anything of it was touched. It denies nothing that an earlier attempt did.
func Untouched(err error) error {
	if err == nil {
		return nil
	}
	return untouchedError{err}
}

// IsUntouched reports whether an error is marked as one that came before anything
// was touched.
func IsUntouched(err error) bool {
	var e untouchedError
	return errors.As(err, &e)
}

// elevatedExits are the exit codes with which an elevated program tells how its
// one repair ended. They are all that comes back: nobody but the system can put
// another in its place.
var elevatedExits = map[RepairWhy]int{
	RepairNothing: 80, RepairNotHere: 81, RepairGone: 82, RepairOnlyReader: 83, RepairDenied: 84,
	RepairTimedOut: 85, RepairStillRuns: 86, RepairInUse: 87, RepairChanged: 88, RepairFailed: 89,
}

// ElevatedExit is the exit code for the outcome of an elevated repair.
func ElevatedExit(err error) int {
	if err == nil {
		return 0
	}
	if code, ok := elevatedExits[RepairWhyOf(err)]; ok {
		return code
	}
	return elevatedExits[RepairFailed]
}

// ElevatedError is the outcome for an exit code, nil when the repair was made.
func ElevatedError(code int, r Repair) error {
	if code == 0 {
		return nil
	}
	for why, c := range elevatedExits {
		if c == code {
			return CannotRepair(why, r.Target(), fmt.Errorf("elevated program: exit code %d", code))
		}
	}
	return CannotRepair(RepairFailed, r.Target(), fmt.Errorf("elevated program: exit code %d", code))
}

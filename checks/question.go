package checks

// Question is what a diagnosis answers: what the user wants to do, and what they
// tell of what they saw.
type Question struct {
	Purpose Purpose
	Told    Told
}

// Told is what the user says. It orders what the computer shows and speaks where
// the computer cannot; it never stands against what was observed.
type Told struct {
	// Message is what the page said, as MessageOf recognised it, and Moment is
	// when. Both may be empty.
	Message Message `json:"message,omitempty" share:"plain"`
	Moment  Moment  `json:"moment,omitempty" share:"plain"`
	// Unrecognised is true when the page said something that is not known here.
	// What it was is not kept: it may hold anything.
	Unrecognised bool `json:"unrecognised,omitempty" share:"plain"`

	// The three questions about what ends certificates of JPKI: two ask since the
	// day on which the certificates on the card were issued, the third whether the
	// card in the reader is one of the past.
	Moved   Answer `json:"moved,omitempty" share:"plain"`   // to another address
	Renamed Answer `json:"renamed,omitempty" share:"plain"` // in the family register
	Lost    Answer `json:"lost,omitempty" share:"plain"`    // reported lost, given back, or replaced by a newer card
}

// Answer is the answer to one question; an empty one was not given.
type Answer string

// The answers.
const (
	Yes Answer = "yes"
	No  Answer = "no"
)

// Moment is when the page said what it said.
type Moment string

// The moments, in the order in which they come.
const (
	MomentLogin   Moment = "login"   // right after the button for logging in
	MomentNothing Moment = "nothing" // the button does nothing
	MomentPIN     Moment = "pin"     // while the PIN is asked for, or in its place
	MomentSend    Moment = "send"    // at the last step, sending or signing
	MomentWhite   Moment = "white"   // the page stays white
)

// Moments lists all moments.
var Moments = []Moment{MomentLogin, MomentNothing, MomentPIN, MomentSend, MomentWhite}

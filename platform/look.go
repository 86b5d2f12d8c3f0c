package platform

// State says how looking at an area ended.
type State string

// The states of an area. The empty state is an area that nobody has finished
// looking at yet.
const (
	Pending       State = ""
	Observed      State = "observed"
	NotApplicable State = "not-applicable"
	Refused       State = "refused"
	Failed        State = "failed"
)

// Why names the reason behind Refused and Failed, for code that decides on it.
type Why string

// The reasons that checks tell apart. Everything else is WhyError, with the
// particulars in Look.Detail.
const (
	WhyTimedOut       Why = "timed-out"
	WhyNotBuilt       Why = "not-built"
	WhyError          Why = "error"
	WhyAccessDenied   Why = "access-denied"
	WhyNoService      Why = "no-service"      // nobody answers at the PC/SC service's door
	WhyServiceStopped Why = "service-stopped" // it answered once, or speaks another protocol version
	WhyLostContact    Why = "lost-contact"    // the card left, or lost power, while it was read
	WhyMute           Why = "mute"            // a card is there and does not answer the reset
	WhyBusy           Why = "busy"            // another program holds the card
	WhyReaderLost     Why = "reader-lost"     // the reader went away while it was used
)

// Reasons behind looks over the network, beside those.
const (
	WhyNotAsked    Why = "not-asked"   // the user did not press the button
	WhyNoAddress   Why = "no-address"  // the certificate names no public place to ask
	WhyNoIssuer    Why = "no-issuer"   // the card does not hold the issuer's certificate
	WhyUnreachable Why = "unreachable" // no connection: name, route or host
	WhyProxyAuth   Why = "proxy-auth"  // a proxy asks for a user name and password
	WhyTooLarge    Why = "too-large"   // the answer is longer than any real one
	WhyRedirect    Why = "redirect"    // sent on to another scheme, or too often
	WhyOtherList   Why = "other-list"  // a list of other certificates, or of some reasons only
	WhyBadAnswer   Why = "bad-answer"  // an answer that is none, or does not fit
)

// Look is how observing one area went. Every area embeds it.
type Look struct {
	State  State  `json:"state,omitempty" share:"plain"`
	Why    Why    `json:"why,omitempty" share:"plain"`
	Detail string `json:"detail,omitempty" share:"mask"` // for experts; may name paths
	TookMS int64  `json:"took_ms,omitempty" share:"plain"`
}

// OK reports whether the area was observed, so that its values mean something.
func (l Look) OK() bool { return l.State == Observed }

// Settled reports whether looking has ended, however it ended.
func (l Look) Settled() bool { return l.State != Pending }

// Seen is the look of an area that was observed.
func Seen() Look { return Look{State: Observed} }

// Absent is the look of an area that does not exist on this kind of computer.
func Absent() Look { return Look{State: NotApplicable} }

// Failure is the look of an area that could not be observed. Being denied
// access is Refused, everything else Failed.
func Failure(why Why, err error) Look {
	l := Look{State: Failed, Why: why}
	if why == WhyAccessDenied {
		l.State = Refused
	}
	if err != nil {
		l.Detail = err.Error()
	}
	return l
}

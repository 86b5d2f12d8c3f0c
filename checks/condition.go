package checks

// Condition names what is the matter where an id leaves that open. Texts may
// have a sentence of their own for each.
type Condition string

// Why a browser does not offer a certificate (facts/os-browser.md 3.2).
const (
	Expired          Condition = "expired"
	NotYetValid      Condition = "not-yet-valid"
	KeyUsage         Condition = "key-usage"
	ExtendedKeyUsage Condition = "extended-key-usage"
	NoProvider       Condition = "no-provider"
)

// Other conditions.
const (
	Disabled     Condition = "disabled"      // somebody turned the device off
	FilesMissing Condition = "files-missing" // it is registered, and its files are gone
	Only32       Condition = "only-32-bit"   // only programs of 32 bits could use it
	Removed      Condition = "removed"       // the user removed the extension
	NeverStarted Condition = "never-started" // the user never opened the browser
	Origin       Condition = "origin"        // the host does not accept the extension
	UserLevel    Condition = "user-level"    // registered for one user, which a policy forbids
	Orphan       Condition = "orphan"        // the browser that started it is gone
	OQS          Condition = "oqs"           // the proxy of オンライン資格確認
	Reinstall    Condition = "reinstall"     // no switch turns the extension on, only installing it anew
	OldBrowser   Condition = "old-browser"   // the browser lacks what the extension needs
	Prompt       Condition = "prompt"        // the browser itself says what it waits for
	Unlisted     Condition = "unlisted"      // it works, and is not among those that are listed
	Server       Condition = "server"        // a Windows for servers
	OtherCPU     Condition = "other-cpu"     // a driver for another processor, which may do
	ByPolicy     Condition = "by-policy"     // an administrator decided it
)

// Conditions of a Mac (facts/os-browser.md 2.2, 4 and 7).
const (
	WindowsOnly       Condition = "windows-only"       // only Windows is described
	TooOld            Condition = "too-old"            // the software asks for a newer system
	NotListed         Condition = "not-listed"         // the published list does not name the version
	NotRegistered     Condition = "not-registered"     // no official software is registered with the browser
	NoRosetta         Condition = "no-rosetta"         // a program for Intel, and no Rosetta
	HiddenByDriver    Condition = "hidden-by-driver"   // a driver that does not load took the reader
	AppleCCID         Condition = "apple-ccid"         // Apple's own driver does not serve the reader
	AccessoryApproval Condition = "accessory-approval" // a new accessory waits until the user allows it
)

// What a page's words say of what is the matter.
const (
	AnotherCard    Condition = "another-card"    // another kind of card was used before
	AnotherUser    Condition = "another-user"    // somebody else is still logged in
	TooSlow        Condition = "too-slow"        // the PIN came too late
	Cancelled      Condition = "cancelled"       // no certificate was chosen
	NetworkBlocked Condition = "network-blocked" // the service does not take this network
	Registering    Condition = "registering"     // a My Number Card is asked for, to be registered
	Said           Condition = "said"            // the page says so
	NotConfirmed   Condition = "not-confirmed"   // the page says so, and evidence stands against it
)

// Intercepted says that somebody else answers for a host.
const Intercepted Condition = "intercepted"

// Conditions of dates, of revocation and of what may be taken for the reader
// with the card.
const (
	Both           Condition = "both"            // of the certificate that logs in and of the one that signs
	OtherToo       Condition = "other-too"       // the one that signs as well, each in its own way
	CardToo        Condition = "card-too"        // a new certificate does not do: the card itself ends
	AuthorityEnded Condition = "authority-ended" // the certificate ends with its authority

	NoReasonKnown Condition = "no-reason-known" // the user says no to all that ends certificates
	Replaced      Condition = "replaced"        // the user says that the card was lost, given back or replaced
	NewerCard     Condition = "newer-card"      // there may be another card in place of this one
	MyNumberOnly  Condition = "my-number-only"  // what the user was asked is not about such a card
	NotAsked      Condition = "not-asked"       // nobody asked the network
	Unverified    Condition = "unverified"      // the issuer did not sign the answer
	FromTheFuture Condition = "from-the-future" // an answer from after now
	Stale         Condition = "stale"           // an answer that a newer one must have replaced
	NotMentioned  Condition = "not-mentioned"   // an answer that does not speak of the certificate
	Suspended     Condition = "suspended"       // revoked for a time

	EmptyFirst    Condition = "empty-first"      // an empty reader stands before that with the card
	WrongCard     Condition = "wrong-card"       // what seems to be another card stands before the right one
	CardOnBuiltIn Condition = "card-on-built-in" // the card is on the built-in NFC, and the external reader is empty
	Elsewhere     Condition = "elsewhere"        // the readers are those of another computer than the screen's
)

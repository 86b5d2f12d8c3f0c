package checks

import "slices"

// Message names something that a page or a program says. Names are a contract,
// as those of findings are: articles bear them.
type Message string

// What the pages and programs of e-Tax and Mynaportal say.
const (
	MessageHUB0002                Message = "hub0002"
	MessageHJS0407E               Message = "hjs0407e"
	MessageHJS0407Z               Message = "hjs0407z"
	MessageHJS0432E               Message = "hjs0432e"
	MessageEI1232008              Message = "ei123-2008"
	MessageUnsupportedEnvironment Message = "unsupported-environment"
	MessageMynaportalDisabled     Message = "mynaportal-disabled"
	MessageSessionTimedOut        Message = "session-timed-out"
	MessageIllegalAccess          Message = "illegal-access"
	MessageSetCard                Message = "set-card"
	MessageNotConnected           Message = "not-connected"
	MessageCertificateNotObtained Message = "certificate-not-obtained"
	MessageAuthenticationError    Message = "authentication-error"
	MessageUserNumber             Message = "user-number"
)

// What the JPKI software says.
const (
	MessageEW000J0200          Message = "ew000j0200"
	MessageEW104J1502          Message = "ew104j1502"
	MessageReaderTypeUnknown   Message = "reader-type-unknown"
	MessageAlreadyRunning      Message = "already-running"
	MessageCardNotConnected    Message = "card-not-connected"
	MessageKeysetNotDefined    Message = "nte-keyset-not-def"
	MessageProviderFails       Message = "nte-provider-dll-fail"
	MessageReaderNotReady      Message = "scard-e-not-ready"
	MessageUnknownCard         Message = "scard-e-unknown-card"
	MessagePasswordLocked      Message = "scard-w-chv-blocked"
	MessagePINEntryInterrupted Message = "scard-w-cancelled-by-user"
)

// What HPKI-KAGURA says, and browsers and Windows on the way there.
const (
	MessageNotSecure               Message = "cannot-connect-securely"
	MessageNotProtected            Message = "connection-not-protected"
	MessageNotWorking              Message = "page-not-working"
	MessageUserDisabled            Message = "user-disabled"
	MessageUnexpectedError         Message = "unexpected-error"
	MessageNoCookie                Message = "cookie-not-found"
	MessageUserNotRegistered       Message = "user-not-registered"
	MessageDeviceUserNotRegistered Message = "device-user-not-registered"
	MessageDeviceError             Message = "device-authentication-error"
	MessageUnauthorized            Message = "unauthorized"
	MessageUserNotObtained         Message = "user-not-obtained"
	MessageDeviceNotRegistered     Message = "device-not-registered"
	MessageRegisterDoesNothing     Message = "register-does-nothing"
	MessageRegisteredToAnother     Message = "jpkihrregerr003"
	MessageForbidden               Message = "forbidden"
	MessageRevoked                 Message = "certificate-revoked"
	MessageCardError               Message = "card-authentication-error"
	MessageNoUserForCard           Message = "no-user-for-card"
	MessageAccessDenied            Message = "access-denied"
	MessageFIDONotRegistered       Message = "fido-not-registered"
	MessageNotVerifiable           Message = "certificate-not-verifiable"
	MessageNoIntegrity             Message = "certificate-integrity"
)

// What phones say on the way to HPKI-KAGURA. They are known so that nobody seeks
// on this computer; those that a computer says too stand above.
const (
	MessagePhoneAccountDisabled  Message = "account-disabled"
	MessagePhoneWebAuthn         Message = "webauthn-not-supported"
	MessagePhoneKeyNotRegistered Message = "security-key-invalid"
	MessagePhoneNotReadable      Message = "not-readable-error"
	MessagePhoneOperationFailed  Message = "operation-failed"
	MessagePhoneKeyFailed        Message = "security-key-failed"
	MessagePhoneEntitlement      Message = "browser-entitlement"
	MessagePhoneTimedOut         Message = "operation-timed-out"
	MessagePhoneScreenLockNeeded Message = "no-screen-lock"
	MessagePhoneUseKey           Message = "use-security-key"
	MessagePhoneChooseSignIn     Message = "choose-sign-in"
	MessagePhoneScreenLock       Message = "use-screen-lock"
	MessagePhonePasscode         Message = "use-passcode"
	MessagePhoneQRCode           Message = "qr-code-shown"
	MessagePhoneOtherUser        Message = "session-of-another-user"
	MessagePhoneLinkExpired      Message = "link-expired"
	MessagePhoneMethod           Message = "method-not-allowed"
	MessagePhoneManagePasskeys   Message = "manage-passkeys"
	MessagePhonePasskeyNotAdded  Message = "passkey-not-added"
	MessagePhoneNoPasskey        Message = "no-passkey"
	MessagePhoneCredentialSetup  Message = "credential-setup"
)

// Messages lists the messages that occur for a purpose, for people to choose
// from: those of the service first, and none that only a phone shows.
func Messages(p Purpose) []Message {
	var list []Message
	for _, own := range []bool{true, false} {
		for _, r := range messages {
			if r.occurs(p) && !r.phone && own == (r.purposes != nil) {
				list = append(list, r.id)
			}
		}
	}
	return list
}

// AllMessages lists every message that is recognised, those of phones too.
func AllMessages() []Message {
	list := make([]Message, len(messages))
	for i, r := range messages {
		list[i] = r.id
	}
	return list
}

// Elsewhere reports whether the cause of a message lies with the service, with
// what is registered there or with a phone: not with this computer.
func (m Message) Elsewhere() bool { return row(m).elsewhere || row(m).phone }

// OnPhone reports whether a phone says it.
func (m Message) OnPhone() bool { return row(m).phone }

// message is what is known of one message.
type message struct {
	id Message
	// spellings are codes and parts of texts by which it is told from others.
	spellings []string
	purposes  []Purpose // for which it occurs, nil for all
	elsewhere bool
	phone     bool // a phone says it, which is elsewhere too
	harmless  bool // nothing fails where it is said
	hint
	// at holds what one moment adds to the hint, and comes before it.
	at map[Moment]hint
}

// row is what is known of a message, and nothing for one that is not known.
func row(m Message) message {
	if i := slices.IndexFunc(messages, func(r message) bool { return r.id == m }); i >= 0 {
		return messages[i]
	}
	return message{}
}

// occurs reports whether a message may be met with a purpose. One who only wants
// the card checked may have met it anywhere.
func (r message) occurs(p Purpose) bool {
	return p == Any || r.purposes == nil || slices.Contains(r.purposes, p)
}

// hint is what a message or a moment speaks for.
type hint struct {
	suspects suspects
	names    []naming
}

// naming is a finding that a message speaks for by itself.
type naming struct {
	// ids are findings of which evidence may show one; they say the same in
	// several ways.
	ids []ID
	// alone is what the first of them becomes where evidence shows none: "" for
	// nothing.
	alone      Status
	conditions []Condition
	// doubted is the condition with which it is told as a notice where evidence
	// stands against it: "" for nothing.
	doubted  Condition
	purposes []Purpose // nil for all
	// when is evidence that the words need, nil for none.
	when func(input) bool
}

// suspects are the links that a message or a moment speaks for, the most likely
// first.
type suspects []link

// hints are what the user's words speak for, the narrow before the wide. A
// message from elsewhere says nothing of this computer, whenever it came.
func hints(q Question) []hint {
	r := row(q.Told.Message)
	switch {
	case r.id == "", !r.occurs(q.Purpose):
		return []hint{moments[q.Told.Moment]}
	case r.elsewhere, r.phone:
		return nil
	}
	return []hint{r.at[q.Told.Moment], r.hint, moments[q.Told.Moment]}
}

// suspected says which links the user's words speak for.
func suspected(q Question) suspects {
	var all suspects
	for _, h := range hints(q) {
		all = append(all, h.suspects...)
	}
	return all
}

// place is where a finding stands among the suspects; one that is none stands
// behind all.
func (s suspects) place(f Finding) int {
	for i, l := range s {
		if l == catalogue[f.ID].link {
			return i
		}
	}
	return len(s)
}

package checks

// ID names a finding. Ids are a contract: reports, support codes, articles and
// other people's scripts use them. Add, never rename.
type ID string

// The findings, by step.
const (
	ReaderOK              ID = "reader.ok"
	ReaderNone            ID = "reader.none"
	ReaderDriverMissing   ID = "reader.driver-missing"
	ReaderNotPCSC         ID = "reader.not-pcsc"
	ReaderOnlyVirtual     ID = "reader.only-virtual"
	ReaderServiceStopped  ID = "reader.service-stopped"
	ReaderServiceDisabled ID = "reader.service-disabled"
	ReaderAccessDenied    ID = "reader.access-denied"
	ReaderRemoteSession   ID = "reader.remote-session"
	ReaderFailing         ID = "reader.failing"

	CardOK            ID = "card.ok"
	CardAbsent        ID = "card.absent"
	CardMute          ID = "card.mute"
	CardBusy          ID = "card.busy"
	CardLostContact   ID = "card.lost-contact"
	CardWrongKind     ID = "card.wrong-kind"
	CardUnknown       ID = "card.unknown"
	CardStorage       ID = "card.storage"
	CardJuki          ID = "card.juki"
	CardPhoneToken    ID = "card.phone-token"
	CardTest          ID = "card.test"
	CardNewGeneration ID = "card.new-generation"
	CardFaceAuth      ID = "card.face-auth"
	CardSeveral       ID = "card.several"

	CertOK              ID = "cert.ok"
	CertMissing         ID = "cert.missing"
	CertDamaged         ID = "cert.damaged"
	CertUnreadable      ID = "cert.unreadable"
	CertChain           ID = "cert.chain"
	CertUnknownIssuer   ID = "cert.unknown-issuer"
	CertSignatureAbsent ID = "cert.signature-absent"
	PinAuthLocked       ID = "pin.auth-locked"
	PinAuthLastTry      ID = "pin.auth-last-try"
	PinSignatureLocked  ID = "pin.signature-locked"
	PinSignatureLastTry ID = "pin.signature-last-try"
	PinHPKILocked       ID = "pin.hpki-locked"
	PinHPKILastTry      ID = "pin.hpki-last-try"

	ExpiryOK       ID = "expiry.ok"
	ExpiryExpired  ID = "expiry.expired"
	ExpiryNotYet   ID = "expiry.not-yet"
	ExpiryTooNew   ID = "expiry.too-new"
	ExpiryRenewNow ID = "expiry.renew-now"
	ExpiryCard     ID = "expiry.card"
	SystemClock    ID = "system.clock"

	RevocationOK         ID = "revocation.ok"
	RevocationCannotKnow ID = "revocation.cannot-know"

	BrowserOK ID = "browser.ok"

	NFCOK           ID = "nfc.ok"
	NFCConflict     ID = "nfc.conflict"
	NFCVirtualFirst ID = "nfc.virtual-first"
	NFCSIMSlot      ID = "nfc.sim-slot"
	NFCTokenAsCard  ID = "nfc.token-as-card"

	SystemOSUnsupported ID = "system.os-unsupported"
)

// catalogue gives each finding its step and the link of the chain that it
// speaks about.
var catalogue = map[ID]struct {
	step Step
	link link
}{
	ReaderServiceStopped:  {StepReader, linkService},
	ReaderServiceDisabled: {StepReader, linkService},
	ReaderAccessDenied:    {StepReader, linkService},
	ReaderRemoteSession:   {StepReader, linkService},
	ReaderDriverMissing:   {StepReader, linkDriver},
	ReaderNotPCSC:         {StepReader, linkDriver},
	ReaderFailing:         {StepReader, linkReader},
	ReaderNone:            {StepReader, linkReader},
	ReaderOnlyVirtual:     {StepReader, linkReader},
	ReaderOK:              {StepReader, linkReader},

	CardAbsent:        {StepCard, linkCardIn},
	CardMute:          {StepCard, linkCardIn},
	CardBusy:          {StepCard, linkCardIn},
	CardLostContact:   {StepCard, linkCardIn},
	CardOK:            {StepCard, linkRightCard},
	CardWrongKind:     {StepCard, linkRightCard},
	CardUnknown:       {StepCard, linkRightCard},
	CardStorage:       {StepCard, linkRightCard},
	CardJuki:          {StepCard, linkRightCard},
	CardPhoneToken:    {StepCard, linkRightCard},
	CardTest:          {StepCard, linkRightCard},
	CardNewGeneration: {StepCard, linkRightCard},
	CardFaceAuth:      {StepCard, linkRightCard},
	CardSeveral:       {StepCard, linkRightCard},

	CertOK:              {StepCertificate, linkReadable},
	CertMissing:         {StepCertificate, linkReadable},
	CertDamaged:         {StepCertificate, linkReadable},
	CertUnreadable:      {StepCertificate, linkReadable},
	CertChain:           {StepCertificate, linkReadable},
	CertUnknownIssuer:   {StepCertificate, linkReadable},
	CertSignatureAbsent: {StepCertificate, linkReadable},
	PinAuthLocked:       {StepCertificate, linkUnlocked},
	PinAuthLastTry:      {StepCertificate, linkUnlocked},
	PinSignatureLocked:  {StepCertificate, linkUnlocked},
	PinSignatureLastTry: {StepCertificate, linkUnlocked},
	PinHPKILocked:       {StepCertificate, linkUnlocked},
	PinHPKILastTry:      {StepCertificate, linkUnlocked},

	ExpiryOK:       {StepExpiry, linkValid},
	ExpiryExpired:  {StepExpiry, linkValid},
	ExpiryNotYet:   {StepExpiry, linkValid},
	ExpiryTooNew:   {StepExpiry, linkValid},
	ExpiryRenewNow: {StepExpiry, linkValid},
	ExpiryCard:     {StepExpiry, linkValid},
	SystemClock:    {StepExpiry, linkClock},

	RevocationOK:         {StepRevocation, linkNotRevoked},
	RevocationCannotKnow: {StepRevocation, linkNotRevoked},

	BrowserOK: {StepBrowser, linkClient},

	NFCOK:           {StepNFC, linkNoConflict},
	NFCConflict:     {StepNFC, linkNoConflict},
	NFCVirtualFirst: {StepNFC, linkNoConflict},
	NFCSIMSlot:      {StepNFC, linkNoConflict},
	NFCTokenAsCard:  {StepNFC, linkNoConflict},

	SystemOSUnsupported: {StepSystem, linkSystem},
}

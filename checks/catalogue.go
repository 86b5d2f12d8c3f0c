package checks

import (
	"maps"
	"slices"
)

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

	RevocationOK             ID = "revocation.ok"
	RevocationRevoked        ID = "revocation.revoked"
	RevocationCannotKnow     ID = "revocation.cannot-know"
	RevocationMovedOrRenamed ID = "revocation.moved-or-renamed"
	RevocationUnreachable    ID = "revocation.unreachable"

	BrowserOK           ID = "browser.ok"
	BrowserUnsupported  ID = "browser.unsupported"
	BrowserSessionStale ID = "browser.session-stale"
	BrowserBackground   ID = "browser.background"
	BrowserTwoAtOnce    ID = "browser.two-at-once"
	ExtensionMissing    ID = "extension.missing"
	ExtensionOff        ID = "extension.off"
	ExtensionPermission ID = "extension.permission"
	ExtensionBlocked    ID = "extension.blocked"
	ExtensionCorrupt    ID = "extension.corrupt"
	HostMissing         ID = "host.missing"
	HostBroken          ID = "host.broken"
	HostBlocked         ID = "host.blocked"
	ClientMissing       ID = "client.missing"
	ClientArchitecture  ID = "client.architecture"
	ClientLocale        ID = "client.locale"
	ClientHung          ID = "client.hung"
	ClientSeveral       ID = "client.several"
	DriverHPKIMissing   ID = "driver.hpki-missing"
	StoreMissing        ID = "store.missing"
	StoreHidden         ID = "store.hidden"
	StoreCAOutdated     ID = "store.ca-outdated"
	PropagationStopped  ID = "propagation.stopped"

	NFCOK           ID = "nfc.ok"
	NFCConflict     ID = "nfc.conflict"
	NFCVirtualFirst ID = "nfc.virtual-first"
	NFCSIMSlot      ID = "nfc.sim-slot"
	NFCTokenAsCard  ID = "nfc.token-as-card"
	NFCOnWinUSB     ID = "nfc.reader-on-winusb"

	SystemOSUnsupported        ID = "system.os-unsupported"
	SystemProxy                ID = "system.proxy"
	SystemProxyAuth            ID = "system.proxy-auth"
	SystemUnreachable          ID = "system.unreachable"
	SystemSecuritySoftware     ID = "system.security-software"
	SystemProgramCompatibility ID = "system.program-compatibility"
	SystemRemoteDesktop        ID = "system.remote-desktop"
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
	CardFaceAuth:      {StepCard, linkUnlocked}, // its PINs are why it does not serve
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

	RevocationOK:             {StepRevocation, linkNotRevoked},
	RevocationRevoked:        {StepRevocation, linkNotRevoked},
	RevocationCannotKnow:     {StepRevocation, linkNotRevoked},
	RevocationMovedOrRenamed: {StepRevocation, linkNotRevoked},
	RevocationUnreachable:    {StepRevocation, linkNotRevoked},

	BrowserOK:           {StepBrowser, linkBrowser},
	BrowserUnsupported:  {StepBrowser, linkBrowser},
	ClientMissing:       {StepBrowser, linkClient},
	ClientLocale:        {StepBrowser, linkClient},
	DriverHPKIMissing:   {StepBrowser, linkCardDriver},
	PropagationStopped:  {StepBrowser, linkPropagation},
	StoreMissing:        {StepBrowser, linkStore},
	StoreHidden:         {StepBrowser, linkStore},
	StoreCAOutdated:     {StepBrowser, linkStore},
	HostMissing:         {StepBrowser, linkHost},
	HostBroken:          {StepBrowser, linkHost},
	HostBlocked:         {StepBrowser, linkHost},
	ClientArchitecture:  {StepBrowser, linkHost},
	ExtensionMissing:    {StepBrowser, linkExtension},
	ExtensionOff:        {StepBrowser, linkExtension},
	ExtensionPermission: {StepBrowser, linkExtension},
	ExtensionBlocked:    {StepBrowser, linkExtension},
	ExtensionCorrupt:    {StepBrowser, linkExtension},
	ClientHung:          {StepBrowser, linkSession},
	ClientSeveral:       {StepBrowser, linkSession},
	BrowserSessionStale: {StepBrowser, linkSession},
	BrowserBackground:   {StepBrowser, linkSession},
	BrowserTwoAtOnce:    {StepBrowser, linkSession},

	NFCOK:           {StepNFC, linkNoConflict},
	NFCConflict:     {StepNFC, linkNoConflict},
	NFCVirtualFirst: {StepNFC, linkNoConflict},
	NFCSIMSlot:      {StepNFC, linkNoConflict},
	NFCTokenAsCard:  {StepNFC, linkNoConflict},
	NFCOnWinUSB:     {StepNFC, linkNoConflict},

	SystemOSUnsupported:        {StepSystem, linkSystem},
	SystemProxy:                {StepSystem, linkNetwork},
	SystemProxyAuth:            {StepSystem, linkNetwork},
	SystemUnreachable:          {StepSystem, linkNetwork},
	SystemSecuritySoftware:     {StepSystem, linkSurroundings},
	SystemProgramCompatibility: {StepSystem, linkHindrance},
	SystemRemoteDesktop:        {StepSystem, linkRemote},
}

// IDs lists the ids of all findings, sorted.
func IDs() []ID { return slices.Sorted(maps.Keys(catalogue)) }

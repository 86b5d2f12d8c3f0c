package supportcode

import (
	"slices"

	"yomitori/checks"
	"yomitori/platform"
)

// The lists below number what codes carry. People read codes to each other that
// were made by other versions of the program, so a list only ever grows at its end,
// and no further than its radix allows. That of the statuses cannot grow within a format:
// what each of them takes in a code rests on all of them.

// findings are numbered by their places.
var findings = []checks.ID{
	checks.ReaderOK,
	checks.ReaderNone,
	checks.ReaderDriverMissing,
	checks.ReaderNotPCSC,
	checks.ReaderOnlyVirtual,
	checks.ReaderServiceStopped,
	checks.ReaderServiceDisabled,
	checks.ReaderAccessDenied,
	checks.ReaderRemoteSession,
	checks.ReaderFailing,
	checks.CardOK,
	checks.CardAbsent,
	checks.CardMute,
	checks.CardBusy,
	checks.CardLostContact,
	checks.CardWrongKind,
	checks.CardUnknown,
	checks.CardStorage,
	checks.CardJuki,
	checks.CardPhoneToken,
	checks.CardTest,
	checks.CardNewGeneration,
	checks.CardFaceAuth,
	checks.CardSeveral,
	checks.CertOK,
	checks.CertMissing,
	checks.CertDamaged,
	checks.CertUnreadable,
	checks.CertChain,
	checks.CertUnknownIssuer,
	checks.CertSignatureAbsent,
	checks.PinAuthLocked,
	checks.PinAuthLastTry,
	checks.PinSignatureLocked,
	checks.PinSignatureLastTry,
	checks.PinHPKILocked,
	checks.PinHPKILastTry,
	checks.ExpiryOK,
	checks.ExpiryExpired,
	checks.ExpiryNotYet,
	checks.ExpiryTooNew,
	checks.ExpiryRenewNow,
	checks.ExpiryCard,
	checks.SystemClock,
	checks.RevocationOK,
	checks.RevocationRevoked,
	checks.RevocationCannotKnow,
	checks.RevocationMovedOrRenamed,
	checks.RevocationUnreachable,
	checks.BrowserOK,
	checks.BrowserUnsupported,
	checks.BrowserSessionStale,
	checks.BrowserBackground,
	checks.BrowserTwoAtOnce,
	checks.ExtensionMissing,
	checks.ExtensionOff,
	checks.ExtensionPermission,
	checks.ExtensionBlocked,
	checks.ExtensionCorrupt,
	checks.HostMissing,
	checks.HostBroken,
	checks.HostBlocked,
	checks.ClientMissing,
	checks.ClientArchitecture,
	checks.ClientLocale,
	checks.ClientHung,
	checks.ClientSeveral,
	checks.DriverHPKIMissing,
	checks.StoreMissing,
	checks.StoreHidden,
	checks.StoreCAOutdated,
	checks.PropagationStopped,
	checks.NFCOK,
	checks.NFCConflict,
	checks.NFCVirtualFirst,
	checks.NFCSIMSlot,
	checks.NFCTokenAsCard,
	checks.NFCOnWinUSB,
	checks.SystemOSUnsupported,
	checks.SystemProxy,
	checks.SystemProxyAuth,
	checks.SystemUnreachable,
	checks.SystemSecuritySoftware,
	checks.SystemProgramCompatibility,
	checks.SystemRemoteDesktop,
}

var statuses = []checks.Status{"", checks.OK, checks.Notice, checks.Problem, checks.Unknown, checks.Skipped}

var systems = []string{"", "windows", "darwin", "linux"}

var purposes = []checks.Purpose{checks.Any, checks.ETax, checks.Mynaportal, checks.HPKI}

var kinds = []platform.Kind{
	"", platform.KindMyNumber, platform.KindMyNumberUnknown, platform.KindJuki, platform.KindPhoneToken, platform.KindHPKI,
	platform.KindPIV, platform.KindDriverLicence, platform.KindResidence, platform.KindPassport, platform.KindFeliCa,
	platform.KindMIFARE, platform.KindBCAS, platform.KindEMV, platform.KindOpenPGP, platform.KindUnknown,
}

// readers are the classes of readers, behind "no reader".
var readers = []Reader{
	NoReader, Reader("plain"), Reader(platform.ReaderBuiltIn), Reader(platform.ReaderBuiltNFC), Reader(platform.ReaderVirtual),
	Reader(platform.ReaderSIM), Reader(platform.ReaderSAM), Reader(platform.ReaderToken),
}

// KnowsKind reports whether this version knows a kind of card, or that there is none.
func KnowsKind(k platform.Kind) bool { return slices.Contains(kinds, k) }

// KnowsClass reports whether this version knows a class of readers.
func KnowsClass(c platform.ReaderClass) bool {
	return c == platform.ReaderPlain || slices.Contains(readers, Reader(c)) && c != "plain"
}

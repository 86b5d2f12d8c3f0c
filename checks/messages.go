package checks

import (
	"slices"

	"yomitori/platform"
)

// messages is what is known of every message, in the order in which people
// choose from them; a text that holds two is taken for the first. Sources: S0,
// S1 and S2 are the three articles of the collection (S2 is the manual of
// HPKI-KAGURA), F is facts/os-browser.md, which goes before them.
var messages = []message{
	// S0 3, F 6.1: the page got no answer. Which part kept silent depends on when.
	{
		id: MessageHUB0002, spellings: []string{"HUB0002"}, purposes: throughExtension,
		hint: hint{
			suspects{linkHost, linkClient, linkExtension, linkService, linkDriver, linkReader, linkCardIn, linkNoConflict, linkSession},
			[]naming{evident(ClientHung), evident(NFCConflict), {ids: []ID{BrowserSessionStale}, alone: Notice}},
		},
		at: map[Moment]hint{
			MomentLogin: {suspects: atTheReader},
			MomentPIN:   {suspects: suspects{linkSession}},
			MomentSend:  {suspects{linkSession, linkUnlocked, linkNotRevoked}, []naming{stale("")}},
		},
	},
	// F 6.1, one source each but for the first.
	{
		id: MessageHJS0432E, spellings: []string{"HJS0432E"}, purposes: []Purpose{ETax},
		hint: hint{suspects: suspects{linkUnlocked}},
	},
	{
		id: MessageHJS0407E, spellings: []string{"HJS0407E"}, purposes: []Purpose{ETax},
		hint: hint{suspects: suspects{linkDriver, linkReader, linkService, linkCardIn, linkClient, linkNoConflict}},
	},
	// A blog says so, so it orders and speaks for nothing by itself.
	{
		id: MessageHJS0407Z, spellings: []string{"HJS0407Z"}, purposes: []Purpose{ETax},
		hint: hint{suspects: suspects{linkNetwork, linkSurroundings, linkClock}},
	},
	{
		id: MessageEI1232008, spellings: []string{"EI123-2008", "MPA-IS-I05", "電子証明書の検証に失敗"}, purposes: []Purpose{Mynaportal},
		hint: hint{suspects{linkClock, linkReadable, linkValid, linkNotRevoked}, []naming{evident(RevocationMovedOrRenamed)}},
	},
	// JPKI's own software; what it says besides follows below.
	{
		id: MessageEW000J0200, spellings: []string{"EW000J0200"},
		hint: hint{suspects: suspects{linkReader, linkCardIn, linkDriver, linkService, linkNoConflict}},
	},
	{
		id: MessageEW104J1502, spellings: []string{"EW104J1502"},
		hint: hint{suspects: suspects{linkCardIn, linkReader, linkReadable, linkDriver, linkService}},
	},
	// F 6.1: a hard stop, seen on Windows 10.
	{
		id: MessageUnsupportedEnvironment, purposes: []Purpose{ETax},
		spellings: []string{"ご利用のパソコン環境", "マイナンバーカード方式によるe-Taxをご利用になれません"},
		hint:      hint{suspects{linkSystem, linkBrowser}, []naming{evident(SystemOSUnsupported), evident(BrowserUnsupported)}},
	},
	// F 1.2: turned off because an update asks for more.
	{
		id: MessageMynaportalDisabled, purposes: throughExtension,
		spellings: []string{"マイナポータルが無効になりました", "マイナポータルがオフになっています"},
		hint:      hint{suspects{linkExtension}, []naming{evident(ExtensionPermission, ExtensionOff)}},
	},
	// S1 5.
	{
		id: MessageSessionTimedOut, spellings: []string{"セッションがタイムアウト"}, purposes: throughExtension,
		hint: hint{suspects{linkSession}, []naming{stale("")}},
	},
	{
		id: MessageIllegalAccess, spellings: []string{"不正なアクセスです"}, purposes: throughExtension,
		hint: hint{suspects{linkSession}, []naming{stale("")}},
	},
	// S1 2: hardware on one side, certificate and software on the other.
	{
		id: MessageSetCard, spellings: []string{"カードをセットして"}, purposes: throughExtension,
		hint: hint{suspects: suspects{linkCardIn, linkReader, linkDriver, linkService, linkRightCard, linkNoConflict}},
	},
	{
		id: MessageNotConnected, spellings: []string{"未接続"}, purposes: throughExtension,
		hint: hint{suspects: suspects{linkReader, linkDriver, linkService, linkCardIn, linkNoConflict}},
	},
	{
		id: MessageCertificateNotObtained, spellings: []string{"証明書が取得できません", "証明書を取得できません"}, purposes: throughExtension,
		hint: hint{suspects: atTheCertificate},
	},
	// JPKI's own software, F 6.1, one source each.
	{
		id: MessageReaderTypeUnknown, spellings: []string{"R/Wのタイプが不明"},
		hint: hint{suspects{linkDriver, linkReader, linkNoConflict}, []naming{evident(NFCOnWinUSB, ReaderDriverMissing, ReaderNotPCSC)}},
	},
	// S2 3.15.
	{
		id: MessageAlreadyRunning, spellings: []string{"既にアプリケーションが起動", "すでにアプリケーションが起動"},
		hint: hint{suspects{linkSession}, []naming{{ids: []ID{ClientSeveral, BrowserTwoAtOnce}, alone: Problem, conditions: []Condition{Said}}}},
	},
	// S2 3.16.
	{
		id: MessageCardNotConnected, spellings: []string{"個人番号カードに接続できません"},
		hint: hint{suspects{linkCardIn, linkRightCard, linkReader, linkDriver, linkService, linkNoConflict}, otherCard},
	},

	// What browsers say on the way to HPKI-KAGURA, S2 3.1 to 3.3 and 3.21. That
	// they keep a pressed キャンセル is in F 3.3.
	{
		id: MessageNotSecure, spellings: []string{"このサイトは安全に接続できません"}, purposes: []Purpose{HPKI},
		hint: hint{withoutCertificate, noCertificate},
	},
	{
		id: MessageNotProtected, spellings: []string{"このサイトへの接続はセキュリティで保護されていません"}, purposes: []Purpose{HPKI},
		hint: hint{withoutCertificate, noCertificate},
	},
	{
		id: MessageNotWorking, spellings: []string{"このページは現在機能していません"}, purposes: []Purpose{HPKI},
		hint: hint{suspects{linkNetwork}, []naming{evident(SystemProxy)}},
	},
	{
		id: MessageAccessDenied, spellings: []string{"medis.or.jpへのアクセスが拒否"}, purposes: []Purpose{HPKI},
		hint: hint{withoutCertificate, []naming{evident(SystemProxy), evident(SystemSecuritySoftware), stale(Cancelled)}},
	},
	// S2 3.10 and 3.17.
	{
		id: MessageUnauthorized, spellings: []string{"Unauthorized"}, purposes: []Purpose{HPKI},
		hint: hint{suspects{linkNetwork}, []naming{{ids: []ID{SystemProxyAuth}, alone: Problem, conditions: []Condition{Said}}}},
	},
	{
		id: MessageForbidden, spellings: []string{"Forbidden"}, purposes: []Purpose{HPKI},
		hint: hint{suspects{linkSession, linkNetwork}, []naming{
			stale(TooSlow), {ids: []ID{SystemUnreachable}, alone: Problem, conditions: []Condition{NetworkBlocked}},
		}},
	},
	// What HPKI-KAGURA says about an earlier login, S2 3.5, 3.6, 3.9 and 3.19.
	{
		id: MessageUnexpectedError, spellings: []string{"予期せぬエラーが発生"}, purposes: []Purpose{HPKI},
		hint: hint{suspects{linkSession}, []naming{stale(AnotherCard)}},
	},
	{
		id: MessageNoCookie, spellings: []string{"Cookieが見つかりません", "クッキーが見つかりません"}, purposes: []Purpose{HPKI},
		hint: hint{suspects{linkSession}, []naming{stale(AnotherUser)}},
	},
	{
		id: MessageDeviceError, spellings: []string{"デバイス認証でエラー"}, purposes: []Purpose{HPKI},
		hint: hint{suspects{linkSession}, []naming{stale("")}},
	},
	{
		id: MessageCardError, spellings: []string{"HPKI認証でエラー", "JPKI認証でエラー"}, purposes: []Purpose{HPKI},
		hint: hint{suspects{linkRightCard, linkSession}, []naming{stale(AnotherCard)}},
	},
	// S2 3.18.
	{
		id: MessageRevoked, spellings: []string{"証明書が失効しています"}, purposes: []Purpose{HPKI},
		hint: hint{suspects{linkNotRevoked}, []naming{{ids: []ID{RevocationRevoked}, alone: Problem, conditions: []Condition{Said}, doubted: NotConfirmed}}},
	},
	// S2 3.13: the only thing there that needs the extension of JPKI.
	{
		id: MessageRegisterDoesNothing, spellings: []string{"マイナンバーカードを登録を", "マイナンバーカードを登録が", "マイナンバーカードを登録ボタン"}, purposes: []Purpose{HPKI},
		hint: hint{suspects{linkClient, linkExtension}, []naming{
			evident(ClientMissing),
			evident(ExtensionMissing), evident(ExtensionOff), evident(ExtensionPermission), evident(ExtensionBlocked), evident(ExtensionCorrupt),
		}},
	},
	// S2 3.23 and 3.24: a window of Windows, which no login minds.
	{
		id: MessageNotVerifiable, spellings: []string{"情報不足のため、この証明書を検証できません"}, purposes: []Purpose{HPKI},
		hint: aside, harmless: true,
	},
	{
		id: MessageNoIntegrity, spellings: []string{"この証明書の整合性を保証できません"}, purposes: []Purpose{HPKI},
		hint: aside, harmless: true,
	},
	// What is registered with HPKI-KAGURA, and phones, S2 3.4, 3.7, 3.8, 3.11, 3.12,
	// 3.14, 3.20 and 3.22.
	{id: MessageUserDisabled, spellings: []string{"証明書のユーザが無効"}, purposes: []Purpose{HPKI}, elsewhere: true},
	{id: MessageUserNotRegistered, spellings: []string{"該当のユーザが登録されていません"}, purposes: []Purpose{HPKI}, elsewhere: true},
	{id: MessageDeviceUserNotRegistered, spellings: []string{"デバイス認証に必要なユーザ情報が登録されていません"}, purposes: []Purpose{HPKI}, elsewhere: true},
	{id: MessageUserNotObtained, spellings: []string{"ユーザ情報の取得ができませんでした"}, purposes: []Purpose{HPKI}, elsewhere: true},
	{id: MessageDeviceNotRegistered, spellings: []string{"認証用デバイスが未登録"}, purposes: []Purpose{HPKI}, elsewhere: true},
	{id: MessageRegisteredToAnother, spellings: []string{"JPKIHRREGERR003", "証明書は、別のユーザが登録済"}, purposes: []Purpose{HPKI}, elsewhere: true},
	{id: MessageNoUserForCard, spellings: []string{"マイナンバーカードに紐づくユーザが存在しません", "マイナンバーカードに紐付くユーザが存在しません"}, purposes: []Purpose{HPKI}, elsewhere: true},
	{id: MessageFIDONotRegistered, spellings: []string{"FIDO認証情報の登録ができませんでした"}, purposes: []Purpose{HPKI}, elsewhere: true},
	// S1 7.
	{id: MessageUserNumber, spellings: []string{"利用者識別番号"}, purposes: []Purpose{ETax}, elsewhere: true},

	// S1 2 again; a word that other texts hold too, so it comes late.
	{id: MessageAuthenticationError, spellings: []string{"認証エラー"}, purposes: throughExtension, hint: hint{suspects: atTheCertificate}},

	// Codes of the cryptographic provider, F 6.1: what JPKI's means by them.
	{
		id: MessageKeysetNotDefined, spellings: []string{"NTE_KEYSET_NOT_DEF", "0x80090019", "80090019"},
		hint: hint{suspects: suspects{linkClient, linkCardDriver}},
	},
	{
		id: MessageProviderFails, spellings: []string{"NTE_PROVIDER_DLL_FAIL", "0x8009001D", "8009001D"},
		hint: hint{suspects: suspects{linkClient, linkCardDriver, linkSurroundings}},
	},
	{
		id: MessageReaderNotReady, spellings: []string{"SCARD_E_NOT_READY", "0x80100010", "80100010"},
		hint: hint{suspects: suspects{linkReader, linkCardIn, linkDriver, linkService}},
	},
	{
		id: MessageUnknownCard, spellings: []string{"SCARD_E_UNKNOWN_CARD", "0x8010000D", "8010000D"},
		hint: hint{suspects{linkRightCard}, otherCard},
	},
	{
		id: MessagePasswordLocked, spellings: []string{"SCARD_W_CHV_BLOCKED", "0x8010006C", "8010006C"},
		hint: hint{suspects: suspects{linkUnlocked}},
	},
	// It was the user who stopped, so nothing is the matter.
	{id: MessagePINEntryInterrupted, spellings: []string{"SCARD_W_CANCELLED_BY_USER", "0x8010006E", "8010006E"}},

	// Chapter 2 of S2, in its order.
	{id: MessagePhoneAccountDisabled, spellings: []string{"アカウントが無効です"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneWebAuthn, spellings: []string{"WebAuthn is not Supported"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneKeyNotRegistered, spellings: []string{"セキュリティキーの登録結果が無効"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneNotReadable, spellings: []string{"NotReadableError"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneOperationFailed, spellings: []string{"NotAllowedError: Operation failed"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneKeyFailed, spellings: []string{"セキュリティキーによる認証に失敗"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneEntitlement, spellings: []string{"navigator.credentials.create"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneTimedOut, spellings: []string{"The operation either timed out"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneScreenLockNeeded, spellings: []string{"secured with a screen lock"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneUseKey, spellings: []string{"セキュリティキーを使用する"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneChooseSignIn, spellings: []string{"サインインする方法を選択"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneScreenLock, spellings: []string{"画面のロックを使用"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhonePasscode, spellings: []string{"パスコードで続ける"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneQRCode, spellings: []string{"スマートフォンの画面にQRコード"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneOtherUser, spellings: []string{"このセッションで異なるユーザ"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneLinkExpired, spellings: []string{"URLの有効期限切れ"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneMethod, spellings: []string{"Method Not Allowed"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneManagePasskeys, spellings: []string{"パスキーを管理する方法"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhonePasskeyNotAdded, spellings: []string{"パスキーを追加できません"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneNoPasskey, spellings: []string{"利用可能なパスキーがありません"}, purposes: []Purpose{HPKI}, phone: true},
	{id: MessagePhoneCredentialSetup, spellings: []string{"クレデンシャルのセットアップ"}, purposes: []Purpose{HPKI}, phone: true},
}

// throughExtension are the services that go through an extension.
var throughExtension = []Purpose{ETax, Mynaportal}

// moments are what a moment speaks for without a message, and after it.
var moments = map[Moment]hint{
	// S0 3.
	MomentLogin: {suspects: atTheReader},
	// S1 2 for the reader, S2 3.13 for the extension.
	MomentNothing: {suspects: append(slices.Clone(atTheReader), linkExtension, linkHost, linkClient, linkBrowser)},
	// S0 3 for what hangs, S1 2 for the rest; F 3.2 where no PIN is asked for.
	MomentPIN: {suspects: append(suspects{linkSession}, atTheCertificate...)},
	// S0 3; what signs is another certificate with another password (F 0, 6.5).
	MomentSend: {
		suspects{linkSession, linkUnlocked, linkNotRevoked},
		[]naming{
			{ids: []ID{BrowserSessionStale}, alone: Notice},
			{ids: []ID{PinSignatureLocked}, purposes: throughExtension},
			{ids: []ID{RevocationMovedOrRenamed}, purposes: throughExtension},
		},
	},
	// S2 2.16 tells of filters and blockers, of phones only; S1 6 of computers.
	MomentWhite: {suspects: suspects{linkSurroundings, linkNetwork}},
}

// atTheReader is hardware, and what it needs.
var atTheReader = suspects{linkReader, linkDriver, linkService, linkCardIn, linkNoConflict}

// atTheCertificate is where a card is there and its certificate is not to be
// had: the official software, the store, the certificate, its PIN (S1 2).
var atTheCertificate = suspects{
	linkClient, linkHost, linkCardDriver, linkPropagation, linkStore,
	linkReadable, linkValid, linkNotRevoked, linkUnlocked,
}

// withoutCertificate is why a browser shows an error in the place of the window
// for the PIN, in the order of S2 3.1.
var withoutCertificate = suspects{
	linkReader, linkDriver, linkService, linkCardIn, linkRightCard, linkReadable,
	linkCardDriver, linkPropagation, linkStore, linkValid, linkClock, linkNetwork, linkSurroundings, linkHindrance, linkSession,
}

var noCertificate = []naming{
	evident(SystemProxy), evident(SystemSecuritySoftware), {ids: []ID{BrowserSessionStale}, alone: Notice},
}

// otherCard is what JPKI's software says of an HPKI card. HPKI-KAGURA takes that
// card, but where a My Number Card is registered it has to come out (S2 3.16).
var otherCard = []naming{{
	ids: []ID{CardWrongKind}, alone: Problem, conditions: []Condition{Registering}, purposes: []Purpose{HPKI},
	when: func(in input) bool { return in.card != nil && in.card.Kind == platform.KindHPKI },
}}

// aside is of a CA certificate, which no login minds.
var aside = hint{names: []naming{{ids: []ID{StoreCAOutdated}, alone: Notice, conditions: []Condition{Said}}}}

// evident names what only counts with evidence.
func evident(ids ...ID) naming { return naming{ids: ids} }

// stale names what a browser keeps of an earlier login, which nobody sees from
// outside.
func stale(why Condition) naming {
	n := naming{ids: []ID{BrowserSessionStale}, alone: Problem}
	if why != "" {
		n.conditions = []Condition{why}
	}
	return n
}

package checks_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/checks"
)

// No spelling of one message is a part of another's.
func TestSpellingsTellMessagesApart(t *testing.T) {
	for id, all := range checks.Spellings() {
		if len(all) == 0 {
			t.Errorf("%s is never recognised", id)
		}
		for _, s := range all {
			if d := cmp.Diff([]checks.Message{id}, checks.Recognised(s)); d != "" {
				t.Errorf("%q (-want +got):\n%s", s, d)
			}
		}
	}
}

func TestMessageOf(t *testing.T) {
	tests := []struct {
		said string
		want checks.Message
	}{
		{"HUB0002", checks.MessageHUB0002},
		{"hub0002", checks.MessageHUB0002},
		{"ＨＵＢ０００２", checks.MessageHUB0002},
		{"ｈｕｂ　０００２", checks.MessageHUB0002},
		{"HUB-0002", checks.MessageHUB0002},
		{"エラーコードHUB0002が出ました", checks.MessageHUB0002},
		{"error HUB0002 occurred", checks.MessageHUB0002},
		{"[HUB0002]", checks.MessageHUB0002},
		{"EI123-2008", checks.MessageEI1232008},
		{"ei1232008", checks.MessageEI1232008},
		{"ＥＩ１２３－２００８（MPA-IS-I05）", checks.MessageEI1232008},
		{"0x8010000D", checks.MessageUnknownCard},
		{"8010000d", checks.MessageUnknownCard},
		{"SCARD_E_UNKNOWN_CARD", checks.MessageUnknownCard},
		{"r/wのタイプが不明です。", checks.MessageReaderTypeUnknown},
		{"Ｒ／Ｗのタイプが不明です", checks.MessageReaderTypeUnknown},

		{"Cookie が見つかりません。", checks.MessageNoCookie},
		{"ｃｏｏｋｉｅが見つかりません", checks.MessageNoCookie},
		{"HPKI(JPKI)証明書が失効しています。", checks.MessageRevoked},
		{"HPKI証明書が失効しています", checks.MessageRevoked},
		{"JPKI 証明書が失効しています", checks.MessageRevoked},
		{"HPKI(JPKI)認証でエラーが発生しました。", checks.MessageCardError},
		{"ＪＰＫＩ認証でエラーが発生しました", checks.MessageCardError},
		{"デバイス認証でエラーが発生しました。", checks.MessageDeviceError},
		{"該当のユーザーが登録されていません", checks.MessageUserNotRegistered},
		{"デバイス認証に必要なユーザー情報が登録されていません", checks.MessageDeviceUserNotRegistered},
		{"すでにアプリケーションが起動しています", checks.MessageAlreadyRunning},
		{"マイナポータル がオフになっています", checks.MessageMynaportalDisabled},
		{"エラーコード:JPKIHRREGERR003\n登録対象のマイナンバーカードの証明書は、別のユーザが登録済です。", checks.MessageRegisteredToAnother},
		{"Forbidden\nYou don't have permission to access this resource.", checks.MessageForbidden},
		{"403 Forbidden", checks.MessageForbidden},
		{"情報不足のためこの証明書を検証できません", checks.MessageNotVerifiable},
		{"マイナ・ポータルが無効になりました", checks.MessageMynaportalDisabled},
		{"「マイナンバーカードを登録」をクリックしても画面が変わらない", checks.MessageRegisterDoesNothing},

		// Kana of half width, and marks that stand apart from theirs.
		{"ｶｰﾄﾞをｾｯﾄしてください", checks.MessageSetCard},
		{"ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞに紐づくﾕｰｻﾞが存在しません｡", checks.MessageNoUserForCard},
		{"ﾃﾞﾊﾞｲｽ認証でｴﾗｰが発生しました｡", checks.MessageDeviceError},
		{"ｱﾌﾟﾘｹｰｼｮﾝ既に", ""},
		{"既にｱﾌﾟﾘｹｰｼｮﾝが起動しています｡", checks.MessageAlreadyRunning},
		{"ｺﾉﾍﾟｰｼﾞﾊ ﾞ", ""},
		{"カート\u3099をセットして", checks.MessageSetCard},
		{"このヘ\u309aーシ\u3099は現在機能していません", checks.MessageNotWorking},
		{"ｸｯｷｰが見つかりません", checks.MessageNoCookie},

		// What phones say.
		{"NotAllowedError: The operation either timed out or was not allowed.", checks.MessagePhoneTimedOut},
		{"NotAllowedError: Operation failed.", checks.MessagePhoneOperationFailed},
		{"ﾊﾟｽｷｰを追加できませんでした", checks.MessagePhonePasskeyNotAdded},
		{"利用者識別番号がわからない", checks.MessageUserNumber},

		// Of two, the code.
		{"認証エラー HUB0002", checks.MessageHUB0002},
		{"カードをセットしてください (EW000J0200)", checks.MessageEW000J0200},

		{"", ""},
		{" ・ー。", ""},
		{"HUB0001", ""},
		{"HUB00021", ""},
		{"XHUB0002", ""},
		{"HUB", ""},
		{"EW144-1234", ""},
		{"EW144J1502", ""},
		{"KS-E10089", ""},
		{"MP0001", ""},
		{"HUU0177E", ""},
		{"0x8010000D1", ""},
		{"エラーが発生しました", ""},
		{"アクセスが拒否されました", ""},
		{"このページは動作していません", ""},
	}
	for _, tt := range tests {
		if got, ok := checks.MessageOf(tt.said); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%q is taken for %q, want %q", tt.said, got, tt.want)
		}
	}
}

// own are the messages of a service, in the order in which people choose.
var own = map[checks.Purpose][]checks.Message{
	checks.ETax: {
		checks.MessageHUB0002, checks.MessageHJS0432E, checks.MessageHJS0407E, checks.MessageHJS0407Z,
		checks.MessageUnsupportedEnvironment, checks.MessageMynaportalDisabled, checks.MessageSessionTimedOut, checks.MessageIllegalAccess,
		checks.MessageSetCard, checks.MessageNotConnected, checks.MessageCertificateNotObtained, checks.MessageUserNumber, checks.MessageAuthenticationError,
	},
	checks.Mynaportal: {
		checks.MessageHUB0002, checks.MessageEI1232008, checks.MessageMynaportalDisabled, checks.MessageSessionTimedOut, checks.MessageIllegalAccess,
		checks.MessageSetCard, checks.MessageNotConnected, checks.MessageCertificateNotObtained, checks.MessageAuthenticationError,
	},
	checks.HPKI: append([]checks.Message{
		checks.MessageNotSecure, checks.MessageNotProtected, checks.MessageNotWorking, checks.MessageAccessDenied,
		checks.MessageUnauthorized, checks.MessageForbidden, checks.MessageUnexpectedError, checks.MessageNoCookie,
		checks.MessageDeviceError, checks.MessageCardError, checks.MessageRevoked, checks.MessageRegisterDoesNothing,
		checks.MessageNotVerifiable, checks.MessageNoIntegrity,
	}, elsewhere...),
}

// elsewhere are the messages that no computer of a user is to blame for.
var elsewhere = []checks.Message{
	checks.MessageUserDisabled, checks.MessageUserNotRegistered, checks.MessageDeviceUserNotRegistered, checks.MessageUserNotObtained,
	checks.MessageDeviceNotRegistered, checks.MessageRegisteredToAnother, checks.MessageNoUserForCard, checks.MessageFIDONotRegistered,
}

// everywhere are the messages of the software of JPKI, which every service uses.
var everywhere = []checks.Message{
	checks.MessageEW000J0200, checks.MessageEW104J1502, checks.MessageReaderTypeUnknown, checks.MessageAlreadyRunning, checks.MessageCardNotConnected,
	checks.MessageKeysetNotDefined, checks.MessageProviderFails, checks.MessageReaderNotReady, checks.MessageUnknownCard,
	checks.MessagePasswordLocked, checks.MessagePINEntryInterrupted,
}

func TestMessagesForAPurpose(t *testing.T) {
	for p, list := range own {
		if d := cmp.Diff(slices.Concat(list, everywhere), checks.Messages(p)); d != "" {
			t.Errorf("%s (-want +got):\n%s", p, d)
		}
	}
	phones := 0
	for m := range checks.Spellings() {
		if m.OnPhone() {
			phones++
			if !m.Elsewhere() || slices.Contains(checks.Messages(checks.Any), m) {
				t.Errorf("%s is sought on this computer", m)
			}
		}
	}
	// Three more of the manual's 24 are said by computers too.
	if phones != 21 {
		t.Errorf("%d messages are those of phones", phones)
	}
	if len(checks.Messages(checks.Any)) != len(checks.Spellings())-phones {
		t.Error("a card is checked without all messages")
	}
}

func TestElsewhere(t *testing.T) {
	for _, m := range append(checks.Messages(checks.Any), "no such message", "") {
		if m.Elsewhere() != (m == checks.MessageUserNumber || slices.Contains(elsewhere, m)) {
			t.Errorf("%q lies elsewhere: %t", m, m.Elsewhere())
		}
	}
}

func TestLooksLikePIN(t *testing.T) {
	for said, want := range map[string]bool{
		"1234": true, " 1234 ": true, "１２３４": true, "12-34": true,
		"": false, "123": false, "12345": false, "HUB0002": false, "80100010": false, "a123": false, "一二三四": false,
	} {
		if got := checks.LooksLikePIN(said); got != want {
			t.Errorf("%q: %v", said, got)
		}
	}
}

// Scripts give a message by its name.
func TestMessageByName(t *testing.T) {
	for id := range checks.Spellings() {
		if m, ok := checks.MessageOf(" " + strings.ToUpper(string(id))); !ok || m != id {
			t.Errorf("%s is taken for %q", id, m)
		}
	}
}

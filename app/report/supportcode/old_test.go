package supportcode_test

import (
	"yomitori/app/report/supportcode"
	"yomitori/checks"
	"yomitori/platform"
)

// Never change a line here: people have such codes on paper. Add those of a version
// that writes them differently.
var oldCodes = map[string]supportcode.Summary{
	"1001 6366 5843 4731 4064 6283 3550 9667 9231": { // no reader
		Version: [3]int{0, 1, 0}, OS: "windows", Purpose: checks.Any, Cause: checks.ReaderNone,
		Statuses: map[checks.ID]checks.Status{
			"reader.none": "problem", "card.ok": "skipped", "cert.ok": "skipped", "expiry.ok": "skipped", "revocation.ok": "skipped",
			"browser.ok": "skipped", "host.missing": "skipped", "store.missing": "skipped", "nfc.ok": "skipped", "system.proxy": "skipped",
			"system.unreachable": "skipped", "system.security-software": "skipped", "system.program-compatibility": "skipped",
		},
	},
	"1861 2468 6677 4920 3618 9716 5643": { // expired
		Version: [3]int{0, 1, 0}, OS: "windows", Purpose: checks.ETax, Kind: platform.KindMyNumber, Reader: "plain",
		Days: supportcode.DaysOver, Cause: checks.ExpiryExpired,
		Statuses: map[checks.ID]checks.Status{
			"reader.ok": "ok", "card.ok": "ok", "cert.ok": "ok", "expiry.expired": "problem", "revocation.cannot-know": "skipped",
			"browser.ok": "ok", "store.missing": "skipped", "nfc.ok": "ok", "system.program-compatibility": "skipped",
		},
	},
	"1007 7539 0162 7523 4879 1055 2043 6062": { // two faults
		Version: [3]int{0, 1, 0}, OS: "windows", Purpose: checks.ETax, Kind: platform.KindMyNumber, Reader: "plain",
		Days: supportcode.DaysMore, Cause: checks.PinSignatureLocked,
		Statuses: map[checks.ID]checks.Status{
			"reader.ok": "ok", "card.ok": "ok", "cert.ok": "ok", "pin.signature-locked": "problem", "expiry.ok": "ok",
			"revocation.cannot-know": "notice", "extension.off": "problem", "store.missing": "skipped", "nfc.ok": "ok",
			"system.program-compatibility": "skipped",
		},
	},
	"1000 1724 4796 0789 7024 2526 9043 2870": { // a Mac without Rosetta
		Version: [3]int{0, 1, 0}, OS: "darwin", Purpose: checks.Mynaportal, Kind: platform.KindMyNumber, Reader: "plain",
		Days: supportcode.DaysMore, Cause: checks.ClientArchitecture,
		Statuses: map[checks.ID]checks.Status{
			"reader.ok": "ok", "card.ok": "ok", "cert.ok": "ok", "expiry.ok": "ok", "revocation.cannot-know": "notice",
			"client.architecture": "problem", "store.missing": "skipped", "nfc.ok": "ok", "system.program-compatibility": "skipped",
		},
	},
	"1440 0181 2431 9850 1191 7639": { // an HPKI card that is revoked
		Version: [3]int{0, 1, 0}, OS: "windows", Purpose: checks.HPKI, Kind: platform.KindHPKI, Reader: "plain",
		Days: supportcode.DaysMore, Cause: checks.RevocationRevoked,
		Statuses: map[checks.ID]checks.Status{
			"reader.ok": "ok", "card.ok": "ok", "cert.ok": "ok", "expiry.ok": "ok", "revocation.revoked": "problem",
			"browser.ok": "ok", "host.missing": "skipped", "nfc.ok": "ok",
		},
	},
	"1000 1787 1714 6126 4011 2652 3371 6032": { // a notice, and no cause
		Version: [3]int{0, 1, 0}, OS: "windows", Purpose: checks.Mynaportal, Kind: platform.KindMyNumber, Reader: "plain",
		Days: supportcode.DaysMore,
		Statuses: map[checks.ID]checks.Status{
			"reader.ok": "ok", "card.ok": "ok", "cert.ok": "ok", "expiry.ok": "ok", "revocation.cannot-know": "notice",
			"browser.ok": "ok", "store.missing": "skipped", "nfc.conflict": "notice", "system.program-compatibility": "skipped",
		},
	},
}

package checks

import "yomitori/platform"

// authorities names the CA certificates that are known, by the SHA-256 of
// their DER (facts/ca-certificates.md, computed from public copies). A CA that
// is missing here is unknown to this version and nothing worse.
var authorities = map[string]string{
	"4dcfc4ca0aaf9fb2a3081b3f0c991c320b3acc008667a341eeaec5af1d58ca7d": "JPKI user authentication 01",
	"64114f29620c24ed2631d46476a040e7ee740d956089c00b036a6a8118c322b5": "JPKI user authentication 03",
	"19645405a1fe14377434bd55957628ac4038557c542403a2243f21c706fc9355": "JPKI digital signature 01",
	"79679c33e4cc9319440f1ad120a597ff1844e2ef217063adb176966fd5e6fbeb": "JPKI digital signature 02",
	"d227f6cde11d35c5252178f106f843d24651944975413b539fa2fb68dbfa365f": "JPKI digital signature 03",
}

// authority names a CA certificate, or returns "".
func authority(ca *platform.Certificate) string { return authorities[ca.SHA256] }

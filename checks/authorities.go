package checks

import (
	"time"

	"yomitori/platform"
)

// authorityEntry is one CA certificate that is known.
type authorityEntry struct {
	name, keyID, sha256 string
}

// authorities are the CA certificates that are known (facts/ca-certificates.md,
// computed from public copies). JPKI's three generations share one name, so
// they are told by the SHA-256 of the DER and by their subject key identifier.
// A CA that is missing here is unknown to this version and nothing worse.
var authorities = []authorityEntry{
	{"JPKI user authentication 01", "9567951b5ca70d84a0fff1d85a87f1aab1340385", "4dcfc4ca0aaf9fb2a3081b3f0c991c320b3acc008667a341eeaec5af1d58ca7d"},
	{"JPKI user authentication 03", "1ac100f596a3bc8c4b3df195e32699249e9e308a", "64114f29620c24ed2631d46476a040e7ee740d956089c00b036a6a8118c322b5"},
	{"JPKI digital signature 01", "0d034cbb34d0714f45e45a1cafd8fd143fab54a7", "19645405a1fe14377434bd55957628ac4038557c542403a2243f21c706fc9355"},
	{"JPKI digital signature 02", "4de017de4b7f473dcd867a62d38b134ace83558a", "79679c33e4cc9319440f1ad120a597ff1844e2ef217063adb176966fd5e6fbeb"},
	{"JPKI digital signature 03", "d21ea55895617e93adbf966b941ab4edf653f08f", "d227f6cde11d35c5252178f106f843d24651944975413b539fa2fb68dbfa365f"},
	{"MHLW HPKI Root CA V2", "01a5630ee0d251f613aa1501152889d64198337f", "6ed2796b1b101736d952185787cb36da9ce80522cc8cb7b5ce728b61be1b674c"},
	{"HPKI-01-MedisSignCA2-forNonRepudiation", "9dd6135245efbd5e7852c8588e78bc541e3f96e6", "5f497e73f986c4503eb25eb94851a79193d2edc8f829f32e930a61f0b569e033"},
	{"HPKI-01-MedisAuthCA2-forAuthentication-forIndividual", "5000e5dcd21faf28c09421889bb295a8d47d2796", "476b64ddd92129cad257906d206fff4e8e32390faf2f64892f6c810cfff54bc3"},
}

// Days on which CAs of HPKI got new certificates, which are not in the table
// (facts/os-browser.md 3.2).
const (
	jmaReplaced   = "2024-11-15"
	medisReplaced = "2025-03-17"
)

// JPKI user authentication 02 is known from a description only, so it is told by
// serial number and first day, and named as such.
const (
	auth02Name   = "JPKI user authentication 02 (by serial number)"
	auth02Serial = "133c349"
	auth02Day    = "2019-09-14" // UTC, as the source gives it
)

// authority names the CA of a certificate, or returns "". The CA certificate on
// the card counts only when it did sign; without one, the key identifier that
// the certificate names has to do.
func authority(c *platform.Card, v *platform.Certificate) string {
	for _, a := range authorities {
		if v.Chain == platform.ChainVerified && holdsCA(c, v, a.sha256) {
			return a.name
		}
		if v.Chain == platform.ChainUnchecked && v.IssuerID == a.keyID {
			return a.name
		}
	}
	ca := c.Certificate(platform.RoleAuthCA)
	if v.Chain == platform.ChainVerified && ca != nil && ca.Serial == auth02Serial &&
		ca.NotBefore.UTC().Format(time.DateOnly) == auth02Day {
		return auth02Name
	}
	return ""
}

// holdsCA reports whether the card holds that CA certificate, and it is the one
// above v.
func holdsCA(c *platform.Card, v *platform.Certificate, sha256 string) bool {
	for _, ca := range c.Certificates {
		if ca.SHA256 == sha256 && isAbove(ca, *v) {
			return true
		}
	}
	return false
}

// isAbove tells an issuer by its key, since names are masked in a report, and
// by its name where the key is not told.
func isAbove(ca, v platform.Certificate) bool {
	if ca.KeyID != "" && v.IssuerID != "" {
		return ca.KeyID == v.IssuerID
	}
	return ca.Subject == v.Issuer
}

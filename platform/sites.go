package platform

import (
	"slices"
	"strings"
)

// Site is a host of the official services.
type Site struct {
	Host     string
	Software Software // whose pages it serves
}

// Sites lists the hosts of the official services (facts/os-browser.md 5.2).
var Sites = []Site{
	{"www.e-tax.nta.go.jp", SoftwareETax},
	{"clientweb.e-tax.nta.go.jp", SoftwareETax},
	{"uketsuke.e-tax.nta.go.jp", SoftwareETax},
	{"login.e-tax.nta.go.jp", SoftwareETax},
	{"www.keisan.nta.go.jp", SoftwareETax}, // 確定申告書等作成コーナー
	{"myna.go.jp", SoftwareMynaportal},
	{"app.oss.myna.go.jp", SoftwareMynaportal},
	{"img.myna.go.jp", SoftwareMynaportal},
	{"faq.myna.go.jp", SoftwareMynaportal},
	{"www.jpki.go.jp", SoftwareJPKI},
	{"www2.jpki.go.jp", SoftwareJPKI},
	{"mahpki-auth.2nds.medis.or.jp", SoftwareHPKI}, // HPKI-KAGURA
	{"maadc-auth.2nds.medis.or.jp", SoftwareHPKI},
}

// IsSite reports whether a host is one of Sites.
func IsSite(host string) bool {
	return slices.ContainsFunc(Sites, func(s Site) bool { return s.Host == host })
}

// ServiceDomains are the domains that belong to the official services alone: what
// a browser keeps for one of them, or for a host below, is a service's own
// (facts/os-browser.md 5.2). Above them others have sites as well: MEDIS its own
// under medis.or.jp, all ministries under go.jp.
var ServiceDomains = []string{
	"nta.go.jp", // of the National Tax Agency, with e-tax.nta.go.jp and keisan.nta.go.jp; inferred
	"myna.go.jp",
	"jpki.go.jp",
	"2nds.medis.or.jp",
}

// IsServiceHost reports whether a host is one of ServiceDomains, or below one, and
// is written as a browser writes it.
func IsServiceHost(host string) bool {
	return isHostName(host) && slices.ContainsFunc(ServiceDomains, func(domain string) bool {
		return host == domain || strings.HasSuffix(host, "."+domain)
	})
}

// Most characters of a name of a host, and of a part of it (RFC 1035).
const (
	mostOfHost  = 253
	mostOfLabel = 63
)

func isHostName(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > mostOfLabel || strings.ContainsFunc(label, notOfHost) {
			return false
		}
	}
	return len(s) <= mostOfHost
}

func notOfHost(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
}

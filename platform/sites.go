package platform

// Site is a host of the official services.
type Site struct {
	Host     string
	Software Software // whose pages it serves
}

// Sites lists the hosts of the official services (facts/os-browser.md 5.2).
// Nothing that is remembered for another host is looked at or changed.
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

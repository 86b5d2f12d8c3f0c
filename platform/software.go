package platform

import "strings"

// Software is a piece of official software that stands between a page and the
// card. Its programs, hosts and extensions are many; this says whose they are.
type Software string

// Official software.
const (
	SoftwareNone       Software = ""
	SoftwareMynaportal Software = "mynaportal" // マイナポータル, the app and its extension
	SoftwareJPKI       Software = "jpki"       // JPKI利用者ソフト
	SoftwareETax       Software = "etax"       // e-Tax AP and the e-Tax set-up
	SoftwareHPKI       Software = "hpki"       // HPKI card driver
)

// softwareMarks tell whose software a name belongs to, the narrow before the
// wide (facts/os-browser.md 1.1 and 2.1). All are in lower case.
var softwareMarks = []struct {
	mark string
	of   Software
}{
	{"jp.go.cao.mpa", SoftwareMynaportal},
	{"mynaportal", SoftwareMynaportal},
	{"マイナポータル", SoftwareMynaportal},
	{"e-tax", SoftwareETax},
	{"etax", SoftwareETax},
	{"jp.go.nta", SoftwareETax},
	{"国税電子申告", SoftwareETax},
	{"hpki", SoftwareHPKI},
	{"jpki", SoftwareJPKI},
	{"公的個人認証", SoftwareJPKI},
	{"利用者クライアントソフト", SoftwareJPKI},
}

// SoftwareOf says whose software the first of the names that tells it belongs
// to, SoftwareNone when none does.
func SoftwareOf(names ...string) Software {
	for _, n := range names {
		n = strings.ToLower(n)
		for _, m := range softwareMarks {
			if strings.Contains(n, m.mark) {
				return m.of
			}
		}
	}
	return SoftwareNone
}

// KnownExtension is an extension whose id a public source tells. Ids found in
// the manifests of native hosts come first; these are hints.
type KnownExtension struct {
	ID       string
	Software Software
}

// KnownExtensions lists them (facts/os-browser.md 1.1, one source each). The
// id of e-Tax AP was found nowhere.
var KnownExtensions = []KnownExtension{
	{"fjjibalalngebiaophebgkkohaaggphf", SoftwareMynaportal},
	{"ddhaancdmkmeigppopkakhpbboccibla", SoftwareJPKI},
}

package platform

// storeDetail is where the Chrome Web Store shows an extension.
const storeDetail = "https://chromewebstore.google.com/detail/"

// pages are the pages behind the places on the internet: of extensions their
// own in the store (ids: facts/os-browser.md 1.1), else the first page of the
// official host (5.2), since deeper addresses come and go. The driver of HPKI is
// handed out by the Japan Medical Association's certification authority (2.1).
var pages = map[Place]string{
	PlaceJPKISoftware:      "https://www.jpki.go.jp/",
	PlaceMynaportalApp:     "https://myna.go.jp/",
	PlaceETaxSetup:         "https://www.e-tax.nta.go.jp/",
	PlaceHPKIDriver:        "https://www.jmaca.med.or.jp/",
	PlaceMynaportalInStore: storeDetail + "fjjibalalngebiaophebgkkohaaggphf",
	PlaceJPKIInStore:       storeDetail + "ddhaancdmkmeigppopkakhpbboccibla",
}

// Page is the address that opening a place loads, "" for a place on the computer
// itself.
func (p Place) Page() string { return pages[p] }

package checks

import (
	"slices"

	"yomitori/platform"
)

// Hint is something to try where a failure was told and its cause was not seen.
type Hint string

// The hints.
const (
	TryQuitBrowser      Hint = "quit-browser"
	TryReplugReader     Hint = "replug-reader"
	TryReseatCard       Hint = "reseat-card"
	TryOneReader        Hint = "one-reader"
	TryExtension        Hint = "look-at-extension" // and at the window: private ones have none
	TryReinstall        Hint = "reinstall-software"
	TryPIN              Hint = "check-pin"
	TryValidity         Hint = "check-validity" // 有効性確認 of the JPKI software
	TryAuthority        Hint = "ask-authority"  // that issued an HPKI card
	TryCertificate      Hint = "choose-certificate"
	TryNetwork          Hint = "check-network"
	TrySecuritySoftware Hint = "look-at-security-software"
)

// maxHints is how many things a person is asked to try at once.
const maxHints = 3

// hintOf is what to try where a link is suspected. Links that leave nothing to
// try are missing.
var hintOf = map[link]Hint{
	linkService: TryReplugReader, linkDriver: TryReplugReader, linkReader: TryReplugReader,
	linkCardIn: TryReseatCard, linkRightCard: TryReseatCard, linkReadable: TryReseatCard,
	linkNoConflict: TryOneReader,
	linkValid:      TryValidity, linkNotRevoked: TryValidity,
	linkUnlocked: TryPIN,
	linkBrowser:  TryExtension, linkExtension: TryExtension,
	linkClient: TryReinstall, linkHost: TryReinstall, linkCardDriver: TryReinstall,
	linkPropagation: TryCertificate, linkStore: TryCertificate,
	linkSession:      TryQuitBrowser,
	linkNetwork:      TryNetwork,
	linkSurroundings: TrySecuritySoftware,
}

// Try lists what to try where the user told a failure and nothing on this computer
// explains it: the most likely first, and after that what was seen to be fine,
// since it may still fail for other programs. Quitting the browser is easy and
// mends most, so it comes first where it is likely at all, and installing anew
// comes last (facts/os-browser.md 8.6).
func (d Diagnosis) Try() []Hint {
	if d.Outcome() != NotHere {
		return nil
	}
	links := append(slices.Clone(suspected(d.Question)), linkSession)
	all := d.hintsFor(links, false)
	for _, h := range d.hintsFor(links, true) {
		if !slices.Contains(all, h) {
			all = append(all, h)
		}
	}
	if slices.Contains(links[:len(links)-1], linkSession) {
		all = append([]Hint{TryQuitBrowser}, without(all, TryQuitBrowser)...)
	}
	if slices.Contains(all, TryReinstall) {
		all = append(without(all, TryReinstall), TryReinstall)
	}
	return all[:min(len(all), maxHints)]
}

func without(all []Hint, h Hint) []Hint {
	return slices.DeleteFunc(slices.Clone(all), func(o Hint) bool { return o == h })
}

// hintsFor lists what to try for those links that were seen to be fine, or for
// the others.
func (d Diagnosis) hintsFor(links []link, fine bool) []Hint {
	var all []Hint
	for _, l := range links {
		if h := d.hintFor(l); h != "" && d.isFine(l) == fine && !slices.Contains(all, h) {
			all = append(all, h)
		}
	}
	return all
}

// hintFor is what to try for a link with this card and these readers, or "".
func (d Diagnosis) hintFor(l link) Hint {
	h := hintOf[l]
	switch {
	case h == TryValidity && d.Card != nil && d.Card.Kind == platform.KindHPKI:
		return TryAuthority
	case h == TryOneReader && d.isFine(linkNoConflict):
		return "" // there is one
	}
	return h
}

// isFine reports whether a link was seen to be fine, without a program standing
// in for another.
func (d Diagnosis) isFine(l link) bool {
	ok := func(id ID) bool {
		f := d.Find(id)
		return f != nil && f.Status == OK && !f.Evidence.StandsIn()
	}
	switch l {
	case linkService, linkDriver, linkReader:
		return ok(ReaderOK)
	case linkCardIn, linkRightCard:
		return ok(CardOK)
	case linkReadable:
		return ok(CertOK)
	case linkValid:
		return ok(ExpiryOK)
	case linkNotRevoked:
		return ok(RevocationOK)
	case linkNoConflict:
		return ok(NFCOK)
	case linkBrowser, linkClient, linkHost, linkExtension, linkCardDriver, linkPropagation, linkStore:
		return ok(BrowserOK)
	}
	return false
}

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

// Try lists what to try, the most likely first, where the user told a failure and
// nothing on this computer explains it. What a message means at one moment comes
// first; otherwise moment and message take turns, so that each is heard.
func (d Diagnosis) Try() []Hint {
	if d.Outcome() != NotHere {
		return nil
	}
	var all []Hint
	add := func(hs []Hint) {
		for _, h := range hs {
			if !slices.Contains(all, h) {
				all = append(all, h)
			}
		}
	}
	r := row(d.Told.Message)
	if !r.occurs(d.Purpose) {
		r = message{}
	}
	add(d.hintsFor(r.at[d.Told.Moment].suspects))
	when, what := d.hintsFor(moments[d.Told.Moment].suspects), d.hintsFor(r.suspects)
	known := func(h Hint) bool { return slices.Contains(all, h) }
	for len(when) > 0 || len(what) > 0 {
		for _, hs := range []*[]Hint{&when, &what} {
			if *hs = slices.DeleteFunc(*hs, known); len(*hs) > 0 {
				add((*hs)[:1])
			}
		}
	}
	add([]Hint{TryQuitBrowser}) // what browsers keep, nobody sees from outside
	if i := slices.Index(all, TryReinstall); i >= 0 {
		all = append(slices.Delete(all, i, i+1), TryReinstall) // after what is easier
	}
	return all[:min(len(all), maxHints)]
}

// hintsFor lists what to try for some links. What was seen to be fine comes last:
// it may still fail for other programs.
func (d Diagnosis) hintsFor(links suspects) []Hint {
	var all []Hint
	for _, fine := range []bool{false, true} {
		for _, l := range links {
			if h := d.hintFor(l); h != "" && d.isFine(l) == fine && !slices.Contains(all, h) {
				all = append(all, h)
			}
		}
	}
	return all
}

// hintFor is what to try for a link with this card and these readers, or "".
func (d Diagnosis) hintFor(l link) Hint {
	h := hintOf[l]
	switch {
	case d.Purpose != Any && graphs[d.Purpose].place(l) < 0:
		return "" // that service does without
	case h == TryValidity && d.Card != nil && d.Card.Kind == platform.KindHPKI:
		return TryAuthority
	case h == TryOneReader && d.isFine(linkNoConflict):
		return "" // there is one
	case (l == linkReadable || l == linkRightCard) && d.isFine(l):
		return "" // it was read
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

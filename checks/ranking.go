package checks

import "slices"

// link is one link of the chain between a person and a service. A finding
// that breaks a link makes everything that needs the link moot.
type link int

// The links in the order in which a cause is sought: of two independent
// problems, the one whose link stands first here is the cause.
const (
	linkService link = iota
	linkDriver
	linkReader
	linkCardIn
	linkRightCard
	linkReadable
	linkClock
	linkValid
	linkNotRevoked
	linkUnlocked
	linkNoConflict
	linkSystem       // an operating system that the service supports
	linkBrowser      // a browser that it supports
	linkClient       // the official software
	linkCardDriver   // the driver through which TLS uses the card
	linkPropagation  // copies the card's certificates into the store
	linkStore        // the certificate that the browser can offer
	linkHost         // the native host that the extension talks to
	linkExtension    // the browser's part of the official software
	linkSession      // what runs now
	linkNetwork      // the way from the browser to the service
	linkSurroundings // what may get in the way
	linkHindrance    // what may keep the card's driver from working
)

// needs says which links a link rests on directly.
var needs = map[link][]link{
	linkDriver:     {linkService},
	linkReader:     {linkDriver},
	linkCardIn:     {linkReader},
	linkRightCard:  {linkCardIn},
	linkReadable:   {linkRightCard},
	linkValid:      {linkReadable, linkClock},
	linkNotRevoked: {linkValid},
	linkUnlocked:   {linkRightCard, linkValid},
	linkNoConflict: {linkReader},

	// Another computer has to be used, whatever else is wrong with this one.
	linkBrowser: {linkSystem},
	linkClient:  {linkSystem},
	// A browser meets only the certificate of a card that is in, can be read
	// and is valid; the driver matters once the right card is there.
	linkCardDriver:  {linkRightCard, linkSystem},
	linkPropagation: {linkCardDriver},
	linkStore:       {linkPropagation, linkReadable, linkValid},
	// Installing the official software registers the host and leads to the
	// extension, so both are looked at again after that. Of each other they
	// are independent: one that is mended leaves the other as it is.
	linkHost:      {linkClient, linkBrowser},
	linkExtension: {linkClient, linkBrowser},
	// It is asked for what keeps a good card from the browser.
	linkHindrance: {linkRightCard, linkValid},
}

// restsOn reports whether link l needs link on, directly or through others.
func restsOn(l, on link) bool {
	for _, n := range needs[l] {
		if n == on || restsOn(n, on) {
			return true
		}
	}
	return false
}

// rank silences what follows from a problem and returns the place of the one
// cause, or -1.
func rank(findings []Finding) int {
	cause := -1
	for i := range findings {
		if findings[i].Status != Problem {
			continue
		}
		if cause < 0 || before(findings[i].ID, findings[cause].ID) {
			cause = i
		}
	}
	if cause < 0 {
		return -1
	}
	silence(findings)
	return cause
}

func before(a, b ID) bool { return catalogue[a].link < catalogue[b].link }

// silence skips every finding that rests on a broken link, and notes in the
// problem that broke it first what it hides.
func silence(findings []Finding) {
	var problems []int
	for i, f := range findings {
		if f.Status == Problem {
			problems = append(problems, i)
		}
	}
	slices.SortStableFunc(problems, func(a, b int) int {
		return int(catalogue[findings[a].ID].link) - int(catalogue[findings[b].ID].link)
	})
	for i := range findings {
		f := &findings[i]
		if f.Status == Skipped {
			continue
		}
		for _, p := range problems {
			if findings[p].Status == Problem && restsOn(catalogue[f.ID].link, catalogue[findings[p].ID].link) {
				if f.Status != OK {
					findings[p].Hides = append(findings[p].Hides, f.ID)
				}
				f.Status = Skipped // what is fine is moot as well
				break
			}
		}
	}
}

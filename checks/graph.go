package checks

import "slices"

// link is one link of the chain between a person and a service. A finding
// that breaks a link makes everything that needs the link moot.
type link string

// The links.
const (
	linkService      link = "service"     // the one that hands out readers
	linkDriver       link = "driver"      // of the reader
	linkReader       link = "reader"      //
	linkCardIn       link = "card-in"     //
	linkRightCard    link = "right-card"  // one that the service takes
	linkReadable     link = "readable"    // its certificate
	linkClock        link = "clock"       // of the computer
	linkValid        link = "valid"       // the certificate's dates
	linkNotRevoked   link = "not-revoked" //
	linkUnlocked     link = "unlocked"    // the PINs
	linkNoConflict   link = "no-conflict" // between readers
	linkSystem       link = "system"      // an operating system that the service supports
	linkBrowser      link = "browser"     // a browser that it supports
	linkClient       link = "client"      // the official software
	linkCardDriver   link = "card-driver" // through which TLS uses the card
	linkPropagation  link = "propagation" // copies the card's certificates into the store
	linkStore        link = "store"       // the certificate that the browser can offer
	linkHost         link = "host"        // the native host that the extension talks to
	linkExtension    link = "extension"   // the browser's part of the official software
	linkSession      link = "session"     // what runs now
	linkNetwork      link = "network"     // the way from the browser to the service
	linkRemote       link = "remote"      // the screen is elsewhere
	linkSurroundings link = "security"    // what may get in the way
	linkHindrance    link = "hindrance"   // what may keep the card's driver from working
)

// node is a link of a graph and the links that it rests on directly.
type node struct {
	link  link
	needs []link
}

// graph lists the links that matter for a purpose in the order in which a cause
// is sought: of independent problems, the one whose link stands first is the
// cause, unless the user tells what speaks for another.
type graph []node

// graphs are those of the purposes (facts/os-browser.md 8.2). What is not in one
// does not matter for it.
var graphs = map[Purpose]graph{
	ETax:       join(toTheCard, throughAnExtension, aroundIt),
	Mynaportal: join(toTheCard, throughAnExtension, aroundIt),
	HPKI:       join(toTheCard, throughTheStore, aroundIt),
	Any:        join(toTheCard, graph{{linkSystem, nil}, {linkRemote, nil}}),
}

// toTheCard is what every purpose needs.
var toTheCard = graph{
	{linkService, nil},
	{linkDriver, []link{linkService}},
	{linkReader, []link{linkDriver}},
	{linkCardIn, []link{linkReader}},
	{linkRightCard, []link{linkCardIn}},
	{linkReadable, []link{linkRightCard}},
	{linkClock, nil},
	{linkValid, []link{linkReadable, linkClock}},
	{linkNotRevoked, []link{linkValid}},
	// Whoever renews a certificate has its PIN set anew on the same visit.
	{linkUnlocked, []link{linkRightCard}},
	{linkNoConflict, []link{linkReader}},
}

// throughAnExtension is how e-Tax and Mynaportal come to the card.
var throughAnExtension = graph{
	// Another computer has to be used, whatever else is wrong with this one.
	{linkSystem, nil},
	{linkBrowser, []link{linkSystem}},
	{linkClient, []link{linkSystem}},
	// Installing the official software registers the host and leads to the
	// extension, so both are looked at again after that. Of each other they
	// are independent: one that is mended leaves the other as it is.
	{linkHost, []link{linkClient, linkBrowser}},
	{linkExtension, []link{linkClient, linkBrowser}},
}

// throughTheStore is how HPKI-KAGURA comes to the card. The JPKI software is
// asked for only to register a My Number Card there.
var throughTheStore = graph{
	{linkSystem, nil},
	{linkBrowser, []link{linkSystem}},
	{linkClient, []link{linkSystem}},
	// A browser meets only the certificate of a card that is in, can be read
	// and is valid; the driver matters once the right card is there.
	{linkCardDriver, []link{linkRightCard, linkSystem}},
	{linkPropagation, []link{linkCardDriver}},
	{linkStore, []link{linkPropagation, linkReadable, linkValid}},
	{linkExtension, []link{linkClient, linkBrowser}},
	// It is asked for what keeps a good card from the browser.
	{linkHindrance, []link{linkRightCard, linkValid}},
}

// aroundIt is what a browser needs besides.
var aroundIt = graph{
	{linkSession, nil},
	{linkNetwork, nil},
	{linkRemote, nil},
	{linkSurroundings, nil},
}

func join(parts ...graph) graph { return slices.Concat(parts...) }

// place is where a link stands in the graph, -1 when it does not matter.
func (g graph) place(l link) int {
	return slices.IndexFunc(g, func(n node) bool { return n.link == l })
}

// restsOn reports whether link l needs link on, directly or through others.
func (g graph) restsOn(l, on link) bool {
	i := g.place(l)
	if i < 0 {
		return false
	}
	for _, n := range g[i].needs {
		if n == on || g.restsOn(n, on) {
			return true
		}
	}
	return false
}

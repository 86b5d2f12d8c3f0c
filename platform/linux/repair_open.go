package linux

import (
	"fmt"

	"yomitori/platform"
)

// extensionPlaces are the browsers in which a person finds the page of
// extensions. The page itself cannot be opened for them: Chromium takes no
// chrome:// address from another program (tried with 156, running and not), so
// the browser opens, and the address is told in words.
var extensionPlaces = map[platform.Place]platform.BrowserName{
	platform.PlaceExtensionsChrome: platform.BrowserChrome,
	platform.PlaceExtensionsEdge:   platform.BrowserEdge,
}

func (c *Computer) planOpen(p *platform.RepairPlan) error {
	place := platform.Place(p.Repair.Target())
	if _, _, ok := c.opener(place); !ok {
		return notHere(p.Repair)
	}
	p.Changes = []platform.Change{{Kind: platform.ChangeOpen, Place: place, Browser: extensionPlaces[place]}}
	if place.OnTheInternet() {
		p.Heed = []platform.Heeding{platform.HeedInternet}
	}
	return nil
}

// opener finds the program that opens a place.
func (c *Computer) opener(place platform.Place) (program string, args []string, ok bool) {
	if page := place.Page(); page != "" {
		program, err := c.o.Find("xdg-open")
		return program, []string{page}, err == nil
	}
	b, ok := repairable(extensionPlaces[place])
	if !ok {
		return "", nil, false
	}
	for _, p := range b.programs {
		if c.exists(p) {
			return "/" + p, nil, true
		}
	}
	return "", nil, false
}

func (c *Computer) open(change platform.Change) error {
	program, args, ok := c.opener(change.Place)
	if !ok {
		return untouched(platform.RepairNotHere, string(change.Place), nil)
	}
	if err := c.o.Start(program, args...); err != nil {
		return platform.Untouched(fmt.Errorf("open %s: %w", change.Place, err))
	}
	return nil
}

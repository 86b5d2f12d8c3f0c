package macos

import (
	"context"

	"yomitori/platform"
)

// systemSettings is the app of the system settings. Its panes have addresses too,
// but no source for them was found, and they differ between versions.
const systemSettings = "com.apple.systempreferences"

// places are where things are set on a Mac: an app by its identifier, and what
// it is to show.
var places = map[platform.Place]struct{ app, page string }{
	platform.PlaceSafariExtensions: {"com.apple.Safari", ""},
	platform.PlaceExtensionsChrome: {"com.google.Chrome", "chrome://extensions/"},
	platform.PlaceExtensionsEdge:   {"com.microsoft.edgemac", "edge://extensions/"},
	platform.PlaceCertificates:     {"com.apple.keychainaccess", ""},
	platform.PlaceDateAndTime:      {systemSettings, ""},
	platform.PlaceProxy:            {systemSettings, ""},
	platform.PlaceDefaultBrowser:   {systemSettings, ""},
	platform.PlacePrivacy:          {systemSettings, ""},
}

func (c *Computer) planOpen(_ context.Context, r platform.Repair) (platform.RepairPlan, error) {
	place := platform.Place(r.Target())
	if _, err := c.opening(place); err != nil {
		return platform.RepairPlan{}, err
	}
	change := platform.Change{Kind: platform.ChangeOpen, Place: place}
	if place.OnTheInternet() {
		return one(change, platform.HeedInternet), nil
	}
	return one(change), nil
}

// opening is what open is told for a place.
func (c *Computer) opening(place platform.Place) ([]string, error) {
	if place.OnTheInternet() {
		return []string{place.Page()}, nil
	}
	at, ok := places[place]
	if !ok || !c.hasApp(at.app) {
		return nil, notHere(string(place))
	}
	args := []string{"-b", at.app}
	if at.page != "" {
		args = append(args, at.page)
	}
	return args, nil
}

// hasApp reports whether an app is there, as far as it is one that may not be.
func (c *Computer) hasApp(id string) bool {
	for _, b := range browsers {
		if b.id == id {
			_, _, found := c.findApp(b)
			return found
		}
	}
	return true
}

func (c *Computer) openPlace(ctx context.Context, place platform.Place) error {
	args, err := c.opening(place)
	if err != nil {
		return err
	}
	if _, err := c.o.Run(ctx, "/usr/bin/open", args...); err != nil {
		return platform.CannotRepair(platform.RepairWhyOf(err), string(place), err)
	}
	return nil
}

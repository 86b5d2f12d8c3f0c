package windows

import (
	"regexp"

	"yomitori/platform"
)

// shellPlaces are what the shell opens by address.
var shellPlaces = map[platform.Place]string{
	platform.PlaceWindowsUpdate:  "ms-settings:windowsupdate",
	platform.PlaceDateAndTime:    "ms-settings:dateandtime",
	platform.PlaceDefaultBrowser: "ms-settings:defaultapps",
	platform.PlaceProxy:          "ms-settings:network-proxy",
}

// consolePlaces are files of the management console in the system's folder.
var consolePlaces = map[platform.Place]string{
	platform.PlaceCertificates:  "certmgr.msc",
	platform.PlaceDeviceManager: "devmgmt.msc",
	platform.PlaceServices:      "services.msc",
}

// extensionPages are pages inside of browsers.
var extensionPages = map[platform.Place]struct {
	browser platform.BrowserName
	address string
}{
	platform.PlaceExtensionsEdge:   {platform.BrowserEdge, "edge://extensions/"},
	platform.PlaceExtensionsChrome: {platform.BrowserChrome, "chrome://extensions/"},
}

// opening is how a place is opened: a program with arguments, or what the shell
// knows.
type opening struct {
	target    string
	program   string
	arguments []string
}

func (c *Computer) planOpen(p *platform.RepairPlan) error {
	place := platform.Place(p.Repair.Target())
	if _, err := c.openingOf(place); err != nil {
		return err
	}
	p.Changes = []platform.Change{{Kind: platform.ChangeOpen, Place: place}}
	if place.OnTheInternet() {
		p.Heed = []platform.Heeding{platform.HeedInternet}
	}
	return nil
}

func (c *Computer) open(place platform.Place) error {
	o, err := c.openingOf(place)
	switch {
	case err != nil:
		return err
	case o.program == "" && c.o.Native.OpenInShell != nil:
		return c.o.Native.OpenInShell(o.target)
	case o.program != "" && c.o.Native.StartProgram != nil:
		return c.o.Native.StartProgram(o.program, o.arguments...)
	}
	return unsupported("open place")
}

// openingOf makes every address and argument out of what is written here, or of
// where Windows and the browsers are.
func (c *Computer) openingOf(place platform.Place) (opening, error) {
	if address, ok := shellPlaces[place]; ok {
		return opening{target: address}, nil
	}
	if file, ok := consolePlaces[place]; ok {
		system, err := c.folder(System)
		return opening{target: joinPath(system, file)}, err
	}
	if page, ok := extensionPages[place]; ok {
		return c.extensionPage(page.browser, page.address)
	}
	if address := place.Page(); address != "" {
		return opening{target: address}, nil
	}
	return opening{}, notHere(string(place))
}

// usualProfile is how Chromium names the folders of profiles. Of another name
// only the browser's own choice is opened.
var usualProfile = regexp.MustCompile(`^(Default|Profile [0-9]{1,4})$`)

// extensionPage opens in the profile that was used last. A browser that takes no
// address of its own from outside opens that profile all the same.
func (c *Computer) extensionPage(name platform.BrowserName, address string) (opening, error) {
	b, err := quittable(name)
	if err != nil {
		return opening{}, err
	}
	o := opening{program: c.browserProgram(b)}
	if o.program == "" {
		return o, notHere(b.program)
	}
	v := platform.Browser{Name: name}
	c.describeBrowser(b, nil, &v)
	if last := v.LastUsed(); last != nil && usualProfile.MatchString(last.Folder) {
		o.arguments = append(o.arguments, "--profile-directory="+last.Folder)
	}
	o.arguments = append(o.arguments, address)
	return o, nil
}

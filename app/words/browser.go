package words

import (
	"strconv"

	"yomitori/assets"
	"yomitori/checks"
	"yomitori/platform"
)

// Browser names a browser.
func Browser(t assets.Texts, b platform.BrowserName) string { return name(t, "browser.", string(b)) }

// Software names a piece of official software.
func Software(t assets.Texts, s platform.Software) string { return name(t, "software.", string(s)) }

// HostState says how far the registration of a native host leads.
func HostState(t assets.Texts, s platform.HostState) string {
	return name(t, "host-state.", string(s))
}

// ExtensionState says in a word or two how an extension is, as the profile has
// it; policies are not considered.
func ExtensionState(t assets.Texts, x platform.Extension) string {
	return t.Text("extension-state." + checks.ExtensionState(x))
}

// Reasons says why a browser turned an extension off.
func Reasons(t assets.Texts, x platform.Extension) string {
	if len(x.Reasons) == 0 {
		return t.Text("reason.none")
	}
	words := make([]string, len(x.Reasons))
	for i, r := range x.Reasons {
		words[i] = name(t, "reason.", strconv.Itoa(r))
	}
	return list(t, words)
}

// Arch says of what kind a program or a computer is.
func Arch(t assets.Texts, a string) string { return name(t, "arch.", a) }

// pages are the addresses under which browsers show their extensions.
func pages(browsers []string) []string {
	var all []string
	for _, b := range browsers {
		switch platform.BrowserName(b) {
		case platform.BrowserEdge, platform.BrowserChrome:
			all = append(all, b+"://extensions")
		}
	}
	return all
}

// addExtension adds what the sentences say of an extension: by its own name, or
// by whose it is.
func addExtension(t assets.Texts, a assets.Args, e checks.Evidence) {
	a["extension"], a["reasons"] = Software(t, e.Software), ""
	if e.Extension == nil {
		return
	}
	if e.Extension.Name != "" {
		a["extension"] = e.Extension.Name
	}
	if e.Extension.Installed && !e.Extension.Enabled {
		a["reasons"] = Reasons(t, *e.Extension)
	}
}

func addHost(t assets.Texts, a assets.Args, h *platform.NativeHost) {
	a["host"], a["host_state"] = "", ""
	if h != nil {
		a["host"], a["host_state"] = h.Name, HostState(t, h.State)
	}
}

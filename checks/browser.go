package checks

import "yomitori/platform"

// browser reports the browsers found. Extensions, native hosts and sessions
// decide whether a browser is ready, and nothing observes those yet, so the
// step is unknown whatever was found.
func browser(in input) []Finding {
	var names []string
	for _, b := range in.s.Browsers.List {
		names = append(names, string(b.Name))
	}
	return []Finding{find(BrowserOK, Unknown, Evidence{
		Area: platform.AreaClients, Why: platform.WhyNotBuilt, Browsers: names,
	})}
}

package chromium

import (
	"slices"
	"strings"

	"yomitori/platform"
)

// serviceDomains belong to the official services alone, so that a cookie for
// one of them, or for a domain between it and a listed host, is a service's own
// (the suffixes of facts/os-browser.md 5.2). Above them others have sites as
// well: MEDIS under medis.or.jp, all ministries under go.jp.
var serviceDomains = []string{"nta.go.jp", "myna.go.jp", "jpki.go.jp", "2nds.medis.or.jp"}

// cookieKeys are the values of host_key by the host or domain they speak of: of
// a host in platform.Sites with and without a dot, of a domain above it with the
// dot only, since that is what the listed hosts are sent.
var cookieKeys = func() map[string][]string {
	keys := map[string][]string{}
	for _, s := range platform.Sites {
		for _, domain := range domainsAbove(s.Host) {
			if keys[domain] == nil {
				keys[domain] = []string{"." + domain}
			}
		}
	}
	for _, s := range platform.Sites {
		keys[s.Host] = []string{s.Host, "." + s.Host}
	}
	return keys
}()

// domainsAbove lists the domains above a host up to the one that belongs to the
// services.
func domainsAbove(host string) []string {
	var list []string
	for {
		if slices.Contains(serviceDomains, host) {
			return list
		}
		_, above, more := strings.Cut(host, ".")
		if !more {
			return nil // no service's domain: nothing above it is touched
		}
		list = append(list, above)
		host = above
	}
}

// siteFolders are the folders of the databases that pages of a host made, below
// a profile (facts/os-browser.md 5.1).
func siteFolders(host string) []string {
	name := "IndexedDB/https_" + host + "_0.indexeddb."
	return []string{name + "leveldb", name + "blob"}
}

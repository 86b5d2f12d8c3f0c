package chromium

import (
	"strings"

	"yomitori/platform"
)

// cookieKeys are the values of host_key that speak of a host, nil where it is not
// a service's own: itself, and with a dot for it and those below
// (facts/os-browser.md 5.1).
func cookieKeys(host string) []string {
	if !platform.IsServiceHost(host) {
		return nil
	}
	return []string{host, "." + host}
}

// serviceOf is the service's host that a host_key speaks of.
func serviceOf(key string) (host string, ok bool) {
	host = strings.TrimPrefix(key, ".")
	return host, platform.IsServiceHost(host)
}

// ofServices is a condition on host_key that holds for all hosts of the services,
// and its arguments.
func ofServices() (condition string, args []any) {
	var each []string
	for _, domain := range platform.ServiceDomains {
		each = append(each, "host_key = ? OR substr(host_key, ?) = ?")
		args = append(args, domain, -len("."+domain), "."+domain)
	}
	return strings.Join(each, " OR "), args
}

// databases is the folder of what pages made, below a profile, with a folder or
// two for each host (facts/os-browser.md 5.1).
const databases = "IndexedDB"

// databaseEnds end the names of folders of hosts, which start with their origin.
var databaseEnds = []string{"_0.indexeddb.leveldb", "_0.indexeddb.blob"}

const databaseStart = "https_"

// siteFolders are the folders of a host, below a profile.
func siteFolders(host string) []string {
	var list []string
	for _, end := range databaseEnds {
		list = append(list, databases+"/"+databaseStart+host+end)
	}
	return list
}

// hostOfFolder is the service's host of which a folder in databases is.
func hostOfFolder(name string) (host string, ok bool) {
	for _, end := range databaseEnds {
		if rest, is := strings.CutSuffix(name, end); is {
			host, ok = strings.CutPrefix(rest, databaseStart)
			return host, ok && platform.IsServiceHost(host)
		}
	}
	return "", false
}

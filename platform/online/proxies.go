package online

import (
	"cmp"
	"errors"
	"net"
	"net/url"
	"path"
	"slices"
	"strings"

	"yomitori/platform"
)

// proxies are those that the user set by hand. What a script or detection
// would choose cannot be known here, and it is gone without.
type proxies []proxy

// proxy is one of them.
type proxy struct {
	protocol string   // of the addresses that it is for, "" for all
	server   *url.URL // nil where it speaks another language than HTTP
	bypass   string
}

func proxiesOf(n platform.Network) proxies {
	var list proxies
	for _, p := range n.Proxies {
		if p.Source != platform.ProxyUser || p.Mode != platform.ProxyManual || !p.OK() {
			continue
		}
		for _, s := range strings.FieldsFunc(p.Server, separator) {
			protocol, server, listed := strings.Cut(s, "=")
			if !listed {
				protocol, server = "", s
			}
			protocol = strings.ToLower(protocol)
			if server == "" {
				continue
			}
			v := proxy{protocol, serverURL(server), p.Bypass}
			if protocol == "socks" {
				v.protocol, v.server = "", nil // for what has no proxy of its own
			}
			list = append(list, v)
		}
	}
	slices.SortStableFunc(list, func(a, b proxy) int { return cmp.Compare(b.rank(), a.rank()) })
	return list
}

// rank puts the proxies of one protocol before those for all, and of these the
// ones that can be asked first.
func (p proxy) rank() int {
	switch {
	case p.protocol != "":
		return 2
	case p.server != nil:
		return 1
	}
	return 0
}

func separator(r rune) bool { return r == ';' || r == ',' || r == ' ' || r == '\t' }

// serverURL reads [http://]host[:port][/]. No port is port 80. It returns nil for
// proxies that speak another language.
func serverURL(s string) *url.URL {
	if !strings.Contains(s, "://") {
		s = "http://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" || u.Hostname() == "" {
		return nil
	}
	host := u.Host
	if u.Port() == "" {
		host = net.JoinHostPort(u.Hostname(), "80")
	}
	return &url.URL{Scheme: "http", Host: host}
}

// errOtherWay leaves alone a site to which browsers go by a proxy that cannot be
// asked here: what happens on another way would tell nothing of theirs.
var errOtherWay = errors.New("browsers go by a proxy that does not speak HTTP")

// of returns the proxy for an address, nil for none; and whether that is the way
// that browsers go.
func (p proxies) of(u *url.URL) (server *url.URL, known bool) {
	for _, v := range p {
		if (v.protocol == "" || v.protocol == u.Scheme) && !bypasses(v.bypass, u) {
			return v.server, v.server != nil
		}
	}
	return nil, true
}

// bypasses reports whether a list of exceptions, as Windows and macOS write it,
// holds an address: "*.example.jp;192.168.*;<local>".
func bypasses(list string, u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	for _, e := range strings.FieldsFunc(strings.ToLower(list), separator) {
		if e == "<local>" {
			if !strings.Contains(host, ".") {
				return true
			}
			continue
		}
		if scheme, rest, ok := strings.Cut(e, "://"); ok {
			if scheme != u.Scheme {
				continue
			}
			e = rest
		}
		if name, port, err := net.SplitHostPort(e); err == nil {
			if port != portOf(u) {
				continue
			}
			e = name
		}
		if strings.HasPrefix(e, ".") {
			e = "*" + e
		}
		if fits, err := path.Match(e, host); err == nil && fits {
			return true
		}
	}
	return false
}

func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

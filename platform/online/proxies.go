package online

import (
	"net"
	"net/url"
	"path"
	"strings"

	"yomitori/platform"
)

// proxies are those that the user set by hand. What a script or detection
// would choose cannot be known here, and it is gone without.
type proxies []proxy

// proxy is one of them.
type proxy struct {
	protocol string // of the addresses that it is for, "" for all
	server   *url.URL
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
			if u := serverURL(server); u != nil {
				list = append(list, proxy{strings.ToLower(protocol), u, p.Bypass})
			}
		}
	}
	return list
}

func separator(r rune) bool { return r == ';' || r == ',' || r == ' ' || r == '\t' }

// serverURL reads [http://]host[:port][/]. No port is port 80. Proxies that
// speak another language are left out.
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

// of returns the proxy for an address, nil for none.
func (p proxies) of(u *url.URL) *url.URL {
	for _, v := range p {
		if (v.protocol == "" || v.protocol == u.Scheme) && !bypasses(v.bypass, u) {
			return v.server
		}
	}
	return nil
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

package windows

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"yomitori/platform"
)

// ProxyRecord is what Windows keeps for this user, or for services.
type ProxyRecord struct {
	Detect              bool
	PAC, Server, Bypass string
}

const (
	keyInternet       = `SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings`
	keyInternetPolicy = `SOFTWARE\Policies\Microsoft\Windows\CurrentVersion\Internet Settings`
)

func (c *Computer) network(context.Context) (change, error) {
	v := platform.Network{Look: platform.Seen()}
	var first error
	seen := false
	for _, source := range []platform.ProxySource{platform.ProxyUser, platform.ProxyMachine} {
		record, look, err := c.proxy(source)
		if err != nil {
			first = errors.Join(first, err)
			v.Proxies = append(v.Proxies, platform.Proxy{Look: failure(err), Source: source})
			continue
		}
		seen = true
		v.Proxies = append(v.Proxies, proxies(source, look, record)...)
	}
	if !seen {
		v.Look = failure(first)
	}
	return func(s *platform.Snapshot) { s.Network = v }, nil
}

// proxy asks Windows. What it keeps for this user stands in the registry too,
// all but whether proxies are detected.
func (c *Computer) proxy(source platform.ProxySource) (ProxyRecord, platform.Look, error) {
	err := errors.ErrUnsupported
	if c.o.Native.Proxy != nil {
		record, nativeErr := c.o.Native.Proxy(source)
		if nativeErr == nil {
			return record, platform.Seen(), nil
		}
		err = nativeErr
	}
	err = fmt.Errorf("ask for proxy of %s: %w", source, err)
	if source != platform.ProxyUser {
		return ProxyRecord{}, platform.Look{}, err
	}
	var n notes
	n.add(err)
	var record ProxyRecord
	root := User
	if c.proxyForAll(&n) {
		root = Machine
	}
	if regErr := c.withKey(root, keyInternet, View64, record.read); regErr != nil {
		return ProxyRecord{}, platform.Look{}, errors.Join(err, regErr)
	}
	return record, n.look(), nil
}

// proxyForAll reports whether a policy makes everybody use the computer's
// settings instead of his own ("Make proxy settings per-machine",
// inetres.admx).
func (c *Computer) proxyForAll(n *notes) bool {
	own := uint64(1)
	n.add(c.withKey(Machine, keyInternetPolicy, View64, func(k Key) error {
		value, err := k.Number("ProxySettingsPerUser")
		if err == nil {
			own = value
		}
		return err
	}))
	return own == 0
}

// read reads Internet Settings (facts/os-browser.md 3.5).
func (p *ProxyRecord) read(k Key) error {
	var n notes
	text := func(name string) string {
		t, err := k.Text(name)
		n.add(err)
		return t
	}
	enabled, err := k.Number("ProxyEnable")
	n.add(err)
	if enabled != 0 {
		p.Server, p.Bypass = text("ProxyServer"), text("ProxyOverride")
	}
	p.PAC = text("AutoConfigURL")
	return errors.Join(n.errs...)
}

// proxies lists the ways that a record holds, in the order in which Windows
// tries them; direct where there is none.
func proxies(source platform.ProxySource, look platform.Look, r ProxyRecord) []platform.Proxy {
	var list []platform.Proxy
	if r.Detect {
		list = append(list, platform.Proxy{Look: look, Source: source, Mode: platform.ProxyDetect})
	}
	if pac := platform.Printable(platform.WithoutLogin(r.PAC), platform.LongestText); pac != "" {
		list = append(list, platform.Proxy{Look: look, Source: source, Mode: platform.ProxyPAC, PAC: pac})
	}
	if server := platform.Printable(platform.WithoutLogin(r.Server), platform.LongestText); server != "" {
		list = append(list, platform.Proxy{
			Look: look, Source: source, Mode: platform.ProxyManual, Server: server,
			Bypass: platform.Printable(r.Bypass, platform.LongestText),
			Known:  knownProxy(server),
		})
	}
	if list == nil {
		list = append(list, platform.Proxy{Look: look, Source: source, Mode: platform.ProxyDirect})
	}
	return list
}

// oqsProxy is the proxy of オンライン資格確認, which a clinic must keep
// (facts/os-browser.md 3.5).
const oqsProxy = "proxy.base.oqs-pdl.org"

// knownProxy looks through a list such as "http=host:80;https=http://host:80".
func knownProxy(servers string) string {
	for _, s := range strings.FieldsFunc(servers, func(r rune) bool { return r == ';' || r == ' ' }) {
		if strings.EqualFold(proxyHost(s), oqsProxy) {
			return "oqs"
		}
	}
	return ""
}

// proxyHost is the name of the computer in [protocol=][scheme://][user@]host[:port][/].
func proxyHost(s string) string {
	if _, after, ok := strings.Cut(s, "="); ok {
		s = after
	}
	if _, after, ok := strings.Cut(s, "://"); ok {
		s = after
	}
	s, _, _ = strings.Cut(s, "/")
	s = s[strings.LastIndexByte(s, '@')+1:]
	if i := strings.LastIndexByte(s, ':'); i > strings.LastIndexByte(s, ']') {
		s = s[:i]
	}
	return strings.TrimSuffix(s, ".")
}

package macos

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"yomitori/platform"
)

// network tells the proxies of the active connection, and the VPNs that are
// set up.
func (c *Computer) network(ctx context.Context) (change, error) {
	v := platform.Network{}
	out, err := c.o.Run(ctx, "/usr/sbin/scutil", "--proxy")
	var settings map[string]string
	if err == nil {
		settings, err = parseDictionary(out)
	}
	if err != nil {
		err = fmt.Errorf("ask for proxies: %w", err)
		v.Proxies = []platform.Proxy{{Look: platform.Failure(platform.WhyOf(err), err), Source: platform.ProxyUser}}
	} else {
		v.Proxies = proxies(settings)
	}
	out, vpnErr := c.o.Run(ctx, "/usr/sbin/scutil", "--nc", "list")
	if vpnErr != nil {
		vpnErr = fmt.Errorf("list VPNs: %w", vpnErr)
	}
	v.VPNs = parseVPNs(out)
	v.Look = look([]error{err, vpnErr}, err == nil)
	return func(s *platform.Snapshot) { s.Network = v }, nil
}

// errNotDictionary is the error of what scutil does not write.
var errNotDictionary = fmt.Errorf("not a dictionary: %w", errNotPlist)

// dictionaryLine is "  Key : value".
var dictionaryLine = regexp.MustCompile(`^\s*([^\s:]+)\s:\s?(.*?)\s*$`)

// parseDictionary understands how scutil writes a dictionary:
//
//	<dictionary> {
//	  Key : value
//	  List : <array> {
//	    0 : value
//	  }
//	}
//
// Members of lists are joined with commas. What is scoped to one connection
// stands in a dictionary within, which is left out. A list that is longer than
// would be told is cut.
func parseDictionary(out []byte) (map[string]string, error) {
	values := map[string]string{}
	var within []string // the open lists and dictionaries
	for line := range strings.Lines(string(out)) {
		text := strings.TrimSpace(line)
		switch {
		case len(within) == 0:
			if text == "" {
				continue
			}
			if text != "<dictionary> {" {
				return nil, errNotDictionary
			}
			within = append(within, "")
			continue
		case text == "}":
			if within = within[:len(within)-1]; len(within) == 0 {
				return values, nil
			}
			continue
		}
		m := dictionaryLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		key, value := m[1], m[2]
		switch {
		case strings.HasSuffix(value, "> {"):
			within = append(within, key)
		case len(within) == 1:
			values[key] = value
		case len(within) == 2 && values[within[1]] == "":
			values[within[1]] = value
		case len(within) == 2 && len(values[within[1]]) < platform.LongestText:
			values[within[1]] += "," + value
		}
		if len(within) > maxNesting {
			return nil, errDeep
		}
	}
	return nil, fmt.Errorf("%w: it does not end", errNotDictionary)
}

// proxies lists the ways that are set, in the order in which macOS tries them;
// direct where there is none. The keys are those of SCSchemaDefinitions.h.
func proxies(settings map[string]string) []platform.Proxy {
	text := func(key string) string { return platform.Printable(settings[key], platform.LongestText) }
	var list []platform.Proxy
	add := func(p platform.Proxy) {
		p.Look, p.Source = platform.Seen(), platform.ProxyUser
		list = append(list, p)
	}
	if settings["ProxyAutoDiscoveryEnable"] == "1" {
		add(platform.Proxy{Mode: platform.ProxyDetect})
	}
	if settings["ProxyAutoConfigEnable"] == "1" {
		add(platform.Proxy{Mode: platform.ProxyPAC, PAC: platform.WithoutLogin(text("ProxyAutoConfigURLString"))})
	}
	for _, kind := range []string{"HTTPS", "HTTP", "SOCKS"} {
		if settings[kind+"Enable"] != "1" || settings[kind+"Proxy"] == "" {
			continue
		}
		server := platform.WithoutLogin(settings[kind+"Proxy"])
		if port := settings[kind+"Port"]; port != "" {
			if strings.Contains(server, ":") { // an IPv6 address
				server = "[" + server + "]"
			}
			server += ":" + port
		}
		server = platform.Printable(strings.ToLower(kind)+"="+server, platform.LongestText)
		add(platform.Proxy{Mode: platform.ProxyManual, Server: server, Bypass: text("ExceptionsList")})
	}
	if list == nil {
		add(platform.Proxy{Mode: platform.ProxyDirect})
	}
	return list
}

// vpnLine is one service that scutil lists: "* " when it is enabled, the state
// in brackets, its UUID, the kind, and the name in quotation marks.
var vpnLine = regexp.MustCompile(`^[* ]\s*\(([A-Za-z ]+)\)\s+([0-9A-Fa-f-]{8,36})\s+(.*?)\s*"(.*)"\s*(?:\[([^\]]*)\])?\s*$`)

const maxVPNs = 64

// parseVPNs lists the VPNs among the network services. A modem is a service of
// the same sort and no VPN.
func parseVPNs(out []byte) []platform.VPN {
	var list []platform.VPN
	for line := range strings.Lines(string(out)) {
		m := vpnLine.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if m == nil || len(list) == maxVPNs {
			continue
		}
		kind := vpnKind(m[3], m[5])
		if kind == "Modem" || kind == "PPPoE" {
			continue
		}
		list = append(list, platform.VPN{
			Name:   platform.Printable(m[4], platform.LongestName),
			Kind:   kind,
			Active: m[1] == "Connected",
		})
	}
	return list
}

// vpnKind tells the protocol. The kind in brackets, "VPN:com.example.app" or
// "PPP:L2TP", names the app of a VPN too, which is left out.
func vpnKind(words, brackets string) string {
	kind, sub, _ := strings.Cut(strings.ReplaceAll(brackets, "/", ":"), ":")
	if kind == "PPP" && sub != "" {
		kind = sub
	}
	if kind == "" {
		kind, _, _ = strings.Cut(words, " ")
	}
	return platform.Printable(kind, platform.LongestName)
}

package platform

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// inner are the ends of names that lead nowhere but into a network of one's own.
var inner = []string{"local", "lan", "home", "internal", "corp", "intranet", "home.arpa", "localhost"}

// PublicAddress reports whether an address may be followed that a card, or an
// answer, names: one of the web, on its usual port, without a login, at a host
// that by its name can be public. It looks no name up, so that what a name
// stands for is still to be held against [PublicIP].
func PublicAddress(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return slices.Contains([]string{"", "80", "443"}, u.Port()) && publicHost(strings.ToLower(u.Hostname()))
}

func publicHost(host string) bool {
	if at, err := netip.ParseAddr(host); err == nil {
		return PublicIP(at)
	}
	host = strings.TrimSuffix(host, ".")
	labels := strings.Split(host, ".")
	if len(labels) < 2 || slices.ContainsFunc(labels, noLabel) {
		return false
	}
	// Some read such a name as a number: 127.1, 0x7f.0.0.1.
	if last := labels[len(labels)-1]; last[0] >= '0' && last[0] <= '9' {
		return false
	}
	return !slices.ContainsFunc(inner, func(end string) bool { return strings.HasSuffix(host, "."+end) })
}

// noLabel reports what is no part of a host's name. Letters of other scripts are
// none either: full-width digits would become an address.
func noLabel(label string) bool {
	return label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != ""
}

// reserved are what is no place of the internet, beside what netip knows.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),      // this network, RFC 1122
	netip.MustParsePrefix("100.64.0.0/10"),  // of providers, RFC 6598
	netip.MustParsePrefix("192.0.0.0/24"),   // of protocols, RFC 6890
	netip.MustParsePrefix("198.18.0.0/15"),  // of measurements, RFC 2544
	netip.MustParsePrefix("240.0.0.0/4"),    // RFC 1112
	netip.MustParsePrefix("::/96"),          // IPv4 within, once, RFC 4291
	netip.MustParsePrefix("64:ff9b:1::/48"), // IPv4 within, local, RFC 8215
	netip.MustParsePrefix("2001::/32"),      // IPv4 within, Teredo, RFC 4380
	netip.MustParsePrefix("2002::/16"),      // IPv4 within, 6to4, RFC 3056
	netip.MustParsePrefix("fec0::/10"),      // of a site, once, RFC 3879
}

// nat64 ends with an IPv4 address, RFC 6052.
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

// PublicIP reports whether an address is one of the internet: not of this
// computer, nor of the networks around it.
func PublicIP(a netip.Addr) bool {
	a = a.Unmap()
	if b := a.As16(); nat64.Contains(a) {
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	if a.Zone() != "" || !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	return !slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(a) })
}

package platform_test

import (
	"net/netip"
	"testing"

	"yomitori/platform"
)

func TestPublicAddress(t *testing.T) {
	for address, want := range map[string]bool{
		"http://cert.medis.or.jp/sign/crl-sign2.crl": true,
		"HTTP://CRL.EXAMPLE./a":                      true,
		"http://crl.example:80/":                     true,
		"https://crl.example:443/":                   true,
		"http://203.0.113.7/":                        true,
		"http://[2001:db8::1]/":                      true,
		"http://cafe.de/":                            true,
		"http://3.example/":                          true,
		"http://xn--crl-8o4e.example/":               true,

		"": false, "crl.example/ca.crl": false, "http:crl.example": false, "http://": false, "http://%zz/": false,
		"ldap://crl.example/": false, "ftp://crl.example/": false, "file:///etc/passwd": false,
		"http://crl.example:25/": false, "http://crl.example:8080/": false, "https://crl.example:631/": false,
		"http://taro@crl.example/": false, "http://taro:secret@crl.example/": false,

		"http://intranet/": false, "http://localhost/": false, "http://LOCALHOST./": false, "http://deadbeef/": false,
		"http://wiki.corp.internal:25/": false, "http://wiki.corp.internal/": false,
		"http://router.local/": false, "http://router.LOCAL./": false, "http://nas.lan/": false, "http://nas.home/": false,
		"http://nas.home.arpa/": false, "http://wiki.corp/": false, "http://wiki.intranet/": false, "http://crl.localhost/": false,
		"http://local.example/": true, "http://mylan.example/": true, "http://notlocal/": false, "http://a..example/": false, "http://.example/": false,

		"http://2130706433/": false, "http://0x7f000001/": false, "http://127.1/": false, "http://crl.example.0x7f/": false, "http://0177.0.0.1/": false,
		"http://0x7f.0.0.0x1/": false, "http://10.0.0.1/": false, "http://10.0.0.1./": false, "http://１２７.０.０.１/": false,
		"http://[::1]/": false, "http://[fe80::1%25eth0]/": false, "http://[2001:db8::1%25eth0]/": false, "http://a b.example/": false,
	} {
		if got := platform.PublicAddress(address); got != want {
			t.Errorf("%s: public %v, want %v", address, got, want)
		}
	}
}

func TestPublicIP(t *testing.T) {
	for address, want := range map[string]bool{
		"203.0.113.7": true, "8.8.8.8": true, "1.0.0.1": true, "192.0.1.1": true, "198.20.0.1": true, "100.128.0.1": true,
		"2001:db8::1": true, "2003::1": true, "64:ff9b::8.8.8.8": true, "::ffff:8.8.8.8": true,

		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.1.1": false,
		"224.0.0.251": false, "0.0.0.0": false, "255.255.255.255": false,
		"::1": false, "::": false, "fe80::1": false, "fc00::1": false, "ff02::1": false,
		"::ffff:127.0.0.1": false, "64:ff9b::10.0.0.1": false,

		"0.1.2.3": false, "100.64.0.1": false, "100.127.255.255": false, "192.0.0.8": false, "198.18.0.1": false, "198.19.255.255": false,
		"240.0.0.1": false, "254.1.1.1": false, "fec0::1": false, "feff::1": false, "::8.8.8.8": false, "::a00:1": false,
		"2002:a00:1::1": false, "2001::a00:1": false, "64:ff9b:1::8.8.8.8": false,
		"2001:db8::1%eth0": false,
	} {
		if got := platform.PublicIP(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: public %v, want %v", address, got, want)
		}
	}
}

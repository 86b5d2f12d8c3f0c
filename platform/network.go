package platform

import "regexp"

// Network is how this computer is told to reach the internet. Nothing is
// contacted to find out.
type Network struct {
	Look
	Proxies []Proxy `json:"proxies,omitempty" share:"plain"`
	VPNs    []VPN   `json:"vpns,omitempty" share:"plain"`
}

// Proxy is one proxy setting.
type Proxy struct {
	Look
	Source ProxySource `json:"source" share:"plain"`
	Mode   ProxyMode   `json:"mode" share:"plain"`
	Server string      `json:"server,omitempty" share:"mask"`
	Bypass string      `json:"bypass,omitempty" share:"mask"`
	PAC    string      `json:"pac,omitempty" share:"mask"` // address of the script
	// Known names a proxy whose address is public and which must stay: "oqs"
	// is that of オンライン資格確認.
	Known string `json:"known,omitempty" share:"plain"`
}

// ProxySource says whose setting it is.
type ProxySource string

// Sources of proxy settings.
const (
	ProxyUser    ProxySource = "user"    // what browsers use
	ProxyMachine ProxySource = "machine" // WinHTTP, what services use
)

// ProxyMode says how a proxy is chosen.
type ProxyMode string

// Modes.
const (
	ProxyDirect ProxyMode = "direct"
	ProxyManual ProxyMode = "manual"
	ProxyPAC    ProxyMode = "pac"
	ProxyDetect ProxyMode = "auto-detect"
)

// VPN is one virtual private network that is set up.
type VPN struct {
	Name   string `json:"name,omitempty" share:"mask"`
	Kind   string `json:"kind,omitempty" share:"plain"` // as the system names it: "IPSec", "VPN"
	Active bool   `json:"active,omitempty" share:"plain"`
}

// login is who logs in where in an address or a list of them: what stands
// before "@" in [protocol=][scheme://]user:password@host.
var login = regexp.MustCompile(`(^|[=;\s]|//)[^=;\s/]*@`)

// WithoutLogin takes users and passwords off addresses: nobody needs them to
// see what is set, and no mask may be all that keeps them in.
func WithoutLogin(addresses string) string { return login.ReplaceAllString(addresses, "$1") }

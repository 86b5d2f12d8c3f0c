package platform

// Hosts are the native messaging hosts of the official software: the programs
// that a browser starts so that a page can reach the card.
type Hosts struct {
	Look
	List []NativeHost `json:"list,omitempty" share:"plain"`
}

// NativeHost is one registration of a host with one browser.
type NativeHost struct {
	Name     string      `json:"name" share:"plain"` // "jp.go.cao.mpa"
	Software Software    `json:"software,omitempty" share:"plain"`
	Browser  BrowserName `json:"browser" share:"plain"` // whose registration it is
	Scope    Scope       `json:"scope,omitempty" share:"plain"`
	View     int         `json:"view,omitempty" share:"plain"` // 32 or 64: the registry view, 0 where there is none
	Manifest string      `json:"manifest,omitempty" share:"mask"`
	State    HostState   `json:"state" share:"plain"`
	Program  string      `json:"program,omitempty" share:"mask"`
	Arch     string      `json:"arch,omitempty" share:"plain"` // of the program, GOARCH names; "universal" is amd64 and arm64
	Version  string      `json:"version,omitempty" share:"plain"`
	// Origins are the ids of the extensions that may talk to the host.
	Origins []string `json:"origins,omitempty" share:"plain"`
	Detail  string   `json:"detail,omitempty" share:"mask"`
}

// HostState says how far a registration leads.
type HostState string

// States of a registration, the first thing that is wrong.
const (
	HostReady           HostState = "ready"
	HostManifestMissing HostState = "manifest-missing"
	HostManifestBroken  HostState = "manifest-broken" // no manifest, or one that a browser refuses
	HostProgramMissing  HostState = "program-missing"
	HostProgramBroken   HostState = "program-broken" // a file that is no program; on a Mac also one for another kind of computer
	HostUnseen          HostState = "unseen"         // the file could not be looked at, see Detail
)

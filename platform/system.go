package platform

// System is the operating system and the session the program runs in.
type System struct {
	Look
	OS      string `json:"os,omitempty" share:"plain"`      // "linux", "windows", "darwin"
	Name    string `json:"name,omitempty" share:"plain"`    // "Debian GNU/Linux 12 (bookworm)", "Windows 11"
	Edition string `json:"edition,omitempty" share:"plain"` // "Core", "Professional", as Windows names it
	Server  bool   `json:"server,omitempty" share:"plain"`  // an edition for servers
	Version string `json:"version,omitempty" share:"plain"` // as the system counts: "12", "10.0.26100", "15.1"
	Release string `json:"release,omitempty" share:"plain"` // "24H2"
	Arch    string `json:"arch,omitempty" share:"plain"`    // GOARCH names
	// CodePage is the number of the code page for programs that are not
	// Unicode: 932 on a Japanese Windows, 0 where there is none.
	CodePage int    `json:"code_page,omitempty" share:"plain"`
	TimeZone string `json:"time_zone,omitempty" share:"plain"` // "Tokyo Standard Time", "JST"
	// UTCOffset is how far local time is ahead of UTC, in minutes.
	UTCOffset int  `json:"utc_offset,omitempty" share:"plain"`
	Remote    bool `json:"remote,omitempty" share:"plain"` // the session's screen is elsewhere
	// Rosetta says whether programs for Intel can run on Apple silicon; it is
	// unknown where that question does not arise.
	Rosetta Switch `json:"rosetta,omitempty" share:"plain"`
	// AccessorySecurity is on where a new USB accessory works only after the
	// user allowed it (macOS 13 and later on laptops with Apple silicon).
	AccessorySecurity Switch `json:"accessory_security,omitempty" share:"plain"`
	// RemoteKind is "ssh", "rdp" or "vnc".
	RemoteKind string `json:"remote_kind,omitempty" share:"plain"`
}

// Switch is a setting that is on, off, or was not found.
type Switch string

// Positions of a switch.
const (
	SwitchUnknown Switch = ""
	SwitchOn      Switch = "on"
	SwitchOff     Switch = "off"
)

// Scope says for whom something is installed or set.
type Scope string

// Scopes.
const (
	ScopeUser    Scope = "user"    // for the person who runs the program
	ScopeMachine Scope = "machine" // for everybody
)

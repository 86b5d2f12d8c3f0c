package platform

// Browsers are the browsers found on the computer.
type Browsers struct {
	Look
	List         []Browser `json:"list,omitempty" share:"plain"`
	DefaultOther bool      `json:"default_other,omitempty" share:"plain"` // links open in a browser that is not listed
}

// Browser is one installed browser. Its look says whether what it keeps on
// disk could be read; it does not apply when the user never started it.
type Browser struct {
	Look
	Name    BrowserName `json:"name" share:"plain"`
	Version string      `json:"version,omitempty" share:"plain"`
	// Default is true for the browser that opens links.
	Default bool `json:"default,omitempty" share:"plain"`
	// Running is the number of the user's processes of this browser, Windows
	// that of its windows on the screen. Processes without a window are what
	// background mode and startup boost leave behind.
	Running int `json:"running,omitempty" share:"plain"`
	Windows int `json:"windows,omitempty" share:"plain"`
	// Background tells the user's own choice to keep running without windows.
	Background Switch    `json:"background,omitempty" share:"plain"`
	Policies   Policies  `json:"policies,omitzero" share:"plain"`
	Profiles   []Profile `json:"profiles,omitempty" share:"plain"`
}

// BrowserName tells browsers apart.
type BrowserName string

// Browsers that are looked for.
const (
	BrowserChrome   BrowserName = "chrome"
	BrowserEdge     BrowserName = "edge"
	BrowserChromium BrowserName = "chromium"
	BrowserFirefox  BrowserName = "firefox"
	BrowserSafari   BrowserName = "safari"
)

// LastUsed returns the profile that was used last, or nil.
func (b Browser) LastUsed() *Profile {
	for i := range b.Profiles {
		if b.Profiles[i].LastUsed {
			return &b.Profiles[i]
		}
	}
	return nil
}

// Profile is one user profile of a Chromium browser. Its look says whether
// its preferences could be read.
type Profile struct {
	Look
	Folder   string `json:"folder" share:"plain"`         // "Default", "Profile 1"; "other 1" for one that somebody named
	Name     string `json:"name,omitempty" share:"never"` // what its owner calls it
	LastUsed bool   `json:"last_used,omitempty" share:"plain"`
	// Extensions has one entry for each extension of the official software
	// that this computer knows of, installed in this profile or not. No other
	// extension is ever recorded.
	Extensions []Extension `json:"extensions,omitempty" share:"plain"`
}

// Extension is what a profile says about one extension.
type Extension struct {
	ID       string   `json:"id" share:"plain"`
	Software Software `json:"software,omitempty" share:"plain"`
	Name     string   `json:"name,omitempty" share:"plain"`
	Version  string   `json:"version,omitempty" share:"plain"`
	// Installed is true when the profile has an entry for it.
	Installed bool `json:"installed" share:"plain"`
	// Enabled follows Chromium: no disable reason, and no state of 0.
	Enabled bool `json:"enabled,omitempty" share:"plain"`
	// EnabledUnknown is true where nothing tells whether it is enabled: macOS
	// does not, of an extension whose switch nobody ever touched.
	EnabledUnknown bool `json:"enabled_unknown,omitempty" share:"plain"`
	// Reasons are the disable reasons, each one bit of Chromium's mask.
	Reasons []int `json:"reasons,omitempty" share:"plain"`
	// FilesMissing is true when there is an entry and the extension's folder
	// is gone.
	FilesMissing bool `json:"files_missing,omitempty" share:"plain"`
	// Removed is true when the user removed it: an installer cannot bring it
	// back then, only the user in the store.
	Removed bool `json:"removed,omitempty" share:"plain"`
	// Incognito is true when it may run in private windows.
	Incognito bool `json:"incognito,omitempty" share:"plain"`
	// Location is where it came from, as Chromium numbers it; 0 when not told.
	Location int `json:"location,omitempty" share:"plain"`
}

// Policies are what an administrator decided for a browser, as far as it
// touches the official software. Rules about other software are not recorded.
type Policies struct {
	Extensions []ExtensionRule `json:"extensions,omitempty" share:"plain"`
	Hosts      []HostRule      `json:"hosts,omitempty" share:"plain"`
	// UserHosts is off when native hosts registered for one user are ignored.
	UserHosts    Switch `json:"user_hosts,omitempty" share:"plain"`
	Background   Switch `json:"background,omitempty" share:"plain"`
	StartupBoost Switch `json:"startup_boost,omitempty" share:"plain"`
	// Faults names the policies whose value could not be understood.
	Faults []string `json:"faults,omitempty" share:"plain"`
}

// AnyID in a rule stands for every extension or host.
const AnyID = "*"

// ExtensionRule is one policy about an extension.
type ExtensionRule struct {
	ID     string        `json:"id" share:"plain"` // extension id, or AnyID
	Mode   ExtensionMode `json:"mode" share:"plain"`
	Policy string        `json:"policy" share:"plain"` // "ExtensionInstallBlocklist", "ExtensionSettings", …
	Scope  Scope         `json:"scope,omitempty" share:"plain"`
}

// ExtensionMode is what a rule says, in the words of ExtensionSettings.
type ExtensionMode string

// Modes of a rule.
const (
	ModeAllowed ExtensionMode = "allowed"
	ModeBlocked ExtensionMode = "blocked"
	ModeRemoved ExtensionMode = "removed"
	ModeForced  ExtensionMode = "force_installed"
	ModeNormal  ExtensionMode = "normal_installed"
)

// HostRule is one policy about a native messaging host.
type HostRule struct {
	Host    string `json:"host" share:"plain"` // host name, or AnyID
	Allowed bool   `json:"allowed" share:"plain"`
	Policy  string `json:"policy" share:"plain"`
	Scope   Scope  `json:"scope,omitempty" share:"plain"`
}

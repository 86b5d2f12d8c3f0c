package platform

// Clients are the official client programs and drivers.
type Clients struct {
	Look
	List      []Client   `json:"list,omitempty" share:"plain"`
	Providers []Provider `json:"providers,omitempty" share:"plain"`
	Processes []Process  `json:"processes,omitempty" share:"plain"`
}

// Client is one installed client program, driver or library.
type Client struct {
	Name      string       `json:"name" share:"plain"` // as its installer or file calls it
	Software  Software     `json:"software,omitempty" share:"plain"`
	Version   string       `json:"version,omitempty" share:"plain"`
	Publisher string       `json:"publisher,omitempty" share:"plain"`
	Source    ClientSource `json:"source,omitempty" share:"plain"`
	Scope     Scope        `json:"scope,omitempty" share:"plain"`
	View      int          `json:"view,omitempty" share:"plain"` // 32 or 64: the registry view
	Path      string       `json:"path,omitempty" share:"mask"`  // of the folder or the file
	Arch      string       `json:"arch,omitempty" share:"plain"` // GOARCH names; "universal" is amd64 and arm64
	// MinSystem is the oldest version of the system that it says to run on.
	MinSystem string `json:"min_system,omitempty" share:"plain"`
	// FilesMissing is true when it is registered and its files are gone.
	FilesMissing bool `json:"files_missing,omitempty" share:"plain"`
}

// ClientSource is where a client was found.
type ClientSource string

// Sources.
const (
	SourceInstaller ClientSource = "installer" // the system's list of installed programs
	SourceRegistry  ClientSource = "registry"  // the program's own registry key
	SourceFile      ClientSource = "file"      // a file in its known place, a PKCS#11 library for one
)

// Provider is a cryptographic service provider that Windows knows: the part of
// a card driver through which TLS uses the card.
type Provider struct {
	Name     string   `json:"name" share:"plain"`
	Software Software `json:"software,omitempty" share:"plain"`
	View     int      `json:"view" share:"plain"` // 32 or 64: the registry view
	Library  string   `json:"library,omitempty" share:"mask"`
	Version  string   `json:"version,omitempty" share:"plain"`
	Arch     string   `json:"arch,omitempty" share:"plain"`
	// FilesMissing is true when it is registered and its library is gone.
	FilesMissing bool `json:"files_missing,omitempty" share:"plain"`
}

// Process is a running process of the official software, this user's only.
type Process struct {
	Program  string   `json:"program" share:"plain"` // file name
	Software Software `json:"software,omitempty" share:"plain"`
	ID       int      `json:"id" share:"plain"`
	// Host is the native host that the process serves, or "".
	Host string `json:"host,omitempty" share:"plain"`
	Age  int    `json:"age" share:"plain"` // seconds since it started
	// Hung is true when it has a window that does not answer the system.
	Hung  bool `json:"hung,omitempty" share:"plain"`
	Child bool `json:"child,omitempty" share:"plain"` // its parent is a process of the same program
	// Orphan is true for a native host whose browser has gone.
	Orphan bool `json:"orphan,omitempty" share:"plain"`
}

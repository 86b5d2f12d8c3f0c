package platform

// Drivers are the drivers of readers and cards that the system itself lists;
// macOS does, Windows tells them by device.
type Drivers struct {
	Look
	List []Driver `json:"list,omitempty" share:"plain"`
	// AppleCCID is off when an administrator chose the open-source CCID driver
	// instead of Apple's own (macOS 14 and later).
	AppleCCID Switch `json:"apple_ccid,omitempty" share:"plain"`
	// SystemReaders are the readers as macOS lists them, whether or not PC/SC
	// could be asked, each with whether a card's ATR was seen in it.
	SystemReaders []SystemReader `json:"system_readers,omitempty" share:"plain"`
}

// Driver is one driver or token.
type Driver struct {
	Kind    DriverKind `json:"kind" share:"plain"`
	ID      string     `json:"id,omitempty" share:"plain"` // bundle identifier
	Version string     `json:"version,omitempty" share:"plain"`
	Path    string     `json:"path,omitempty" share:"mask"`
	Arch    string     `json:"arch,omitempty" share:"plain"` // GOARCH names; "universal" is amd64 and arm64
	// Broken is true when the system lists it without name and version.
	Broken bool `json:"broken,omitempty" share:"plain"`
	// Apple is true for one that comes with the system.
	Apple bool `json:"apple,omitempty" share:"plain"`
}

// DriverKind says what a driver is for.
type DriverKind string

// Kinds of drivers.
const (
	DriverReader DriverKind = "reader"
	DriverCard   DriverKind = "card"  // a tokend or PIV driver of the old kind
	DriverToken  DriverKind = "token" // a CryptoTokenKit token; none is normal for JPKI and HPKI
)

// SystemReader is a reader as the system lists it.
type SystemReader struct {
	Name   string `json:"name" share:"plain"`
	CardIn bool   `json:"card_in,omitempty" share:"plain"`
}

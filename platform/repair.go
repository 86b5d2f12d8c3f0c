package platform

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Repair is one thing that this program may repair, and on what: an id of a
// closed list and a target that the id allows. Only the makers below and
// [ParseRepair] make one, so none can hold a path, a command or an address. It
// is what crosses to an elevated program, and what scripts write:
// "quit-browser:edge".
type Repair struct {
	id RepairID
	on string
}

// RepairID names a repair. Ids are a contract, as those of findings are.
type RepairID string

// The repairs.
const (
	RepairQuitBrowser       RepairID = "quit-browser"       // every process of the user, those without a window too
	RepairClearSSLState     RepairID = "clear-ssl-state"    // what Windows remembers of TLS for this user
	RepairClearSiteData     RepairID = "clear-site-data"    // of a browser, for the hosts in Sites only
	RepairClearCache        RepairID = "clear-cache"        // the whole HTTP caches of a browser
	RepairRestartService    RepairID = "restart-service"    // starts it where it does not run
	RepairEnableService     RepairID = "enable-service"     // from disabled back to how it is shipped, and starts it where nothing else does
	RepairStopService       RepairID = "stop-service"       // until the next start of Windows
	RepairTurnOffDevice     RepairID = "turn-off-device"    // a built-in NFC reader in the way of another reader
	RepairTurnOnDevice      RepairID = "turn-on-device"     // a reader that somebody turned off
	RepairRestartDevice     RepairID = "restart-device"     // a reader
	RepairEndProgram        RepairID = "end-program"        // official software that hangs, by process id
	RepairDeleteCertificate RepairID = "delete-certificate" // of a card that is gone, out of the user's store
	RepairForgetChoice      RepairID = "forget-choice"      // of a certificate for a host (macOS)
	RepairRefreshPCSC       RepairID = "refresh-pcsc"       // a new connection to the service, readers listed anew
	RepairOpen              RepairID = "open"               // the place where a person has to act
	// What takes a repair back. They are carried out as such only.
	RepairDisableService RepairID = "disable-service"
	RepairStartService   RepairID = "start-service"
)

// Repairs lists every repair that can be asked for, in the order in which people
// read them.
func Repairs() []RepairID {
	var ids []RepairID
	for _, r := range repairRows {
		if !r.backOnly {
			ids = append(ids, r.id)
		}
	}
	return ids
}

// repairRow says what a repair may be done to.
type repairRow struct {
	id RepairID
	// target reports whether a text is one that the repair may be done to; nil
	// when it takes none.
	target func(string) bool
	// elevated is true for a repair that needs an administrator.
	elevated bool
	// backOnly is true for one that only takes another back.
	backOnly bool
}

var repairRows = []repairRow{
	{id: RepairQuitBrowser, target: in(RepairBrowsers)},
	{id: RepairClearSiteData, target: in(RepairBrowsers)},
	{id: RepairClearCache, target: in(RepairBrowsers)},
	{id: RepairClearSSLState},
	{id: RepairRefreshPCSC},
	{id: RepairRestartService, target: in(RestartableServices), elevated: true},
	{id: RepairEnableService, target: in(EnableableServices), elevated: true},
	{id: RepairStopService, target: in(StoppableServices), elevated: true},
	{id: RepairTurnOffDevice, target: isHandle, elevated: true},
	{id: RepairTurnOnDevice, target: isHandle, elevated: true},
	{id: RepairRestartDevice, target: isHandle, elevated: true},
	{id: RepairEndProgram, target: isProcessID},
	{id: RepairDeleteCertificate, target: isOrdinal},
	{id: RepairForgetChoice, target: IsSite},
	{id: RepairOpen, target: in(Places)},
	{id: RepairDisableService, target: in(EnableableServices), elevated: true, backOnly: true},
	{id: RepairStartService, target: in(StoppableServices), elevated: true, backOnly: true},
}

// What repairs may be done to.
var (
	// RepairBrowsers are the browsers that can be quit, and whose files are known.
	RepairBrowsers = []BrowserName{BrowserEdge, BrowserChrome, BrowserChromium, BrowserSafari}
	// RestartableServices serve smart cards: of Windows, Linux and macOS.
	RestartableServices = []string{"SCardSvr", "pcscd", "com.apple.ifdreader"}
	// EnableableServices are those that programs for tuning disable
	// (facts/os-browser.md 3.1); Windows ships all three as manual.
	EnableableServices = []string{"SCardSvr", "ScDeviceEnum", "CertPropSvc"}
	// StoppableServices holds the program compatibility assistant, which the manual
	// of HPKI-KAGURA has stopped while a card driver is blocked.
	StoppableServices = []string{"PcaSvc"}
)

// Place is where a person has to act, because no program may or can.
type Place string

// The places.
const (
	PlaceExtensionsEdge    Place = "extensions-edge"
	PlaceExtensionsChrome  Place = "extensions-chrome"
	PlaceSafariExtensions  Place = "safari-extensions"
	PlaceWindowsUpdate     Place = "windows-update"
	PlaceDateAndTime       Place = "date-and-time"
	PlaceCertificates      Place = "certificates"
	PlaceDeviceManager     Place = "device-manager"
	PlaceServices          Place = "services"
	PlaceProxy             Place = "proxy"
	PlaceDefaultBrowser    Place = "default-browser"
	PlacePrivacy           Place = "privacy" // accessories that wait for approval (macOS)
	PlaceJPKISoftware      Place = "jpki-software"
	PlaceMynaportalApp     Place = "mynaportal-app"
	PlaceETaxSetup         Place = "etax-setup"
	PlaceHPKIDriver        Place = "hpki-driver"
	PlaceMynaportalInStore Place = "mynaportal-in-store"
	PlaceJPKIInStore       Place = "jpki-in-store"
)

// Places lists all places.
var Places = []Place{
	PlaceExtensionsEdge, PlaceExtensionsChrome, PlaceSafariExtensions, PlaceWindowsUpdate, PlaceDateAndTime, PlaceCertificates,
	PlaceDeviceManager, PlaceServices, PlaceProxy, PlaceDefaultBrowser, PlacePrivacy, PlaceJPKISoftware, PlaceMynaportalApp,
	PlaceETaxSetup, PlaceHPKIDriver, PlaceMynaportalInStore, PlaceJPKIInStore,
}

// OnTheInternet reports whether opening the place makes a browser load a page.
func (p Place) OnTheInternet() bool {
	return slices.Contains([]Place{PlaceJPKISoftware, PlaceMynaportalApp, PlaceETaxSetup, PlaceHPKIDriver, PlaceMynaportalInStore, PlaceJPKIInStore}, p)
}

func in[T ~string](all []T) func(string) bool {
	return func(s string) bool { return slices.Contains(all, T(s)) }
}

var handle = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+){0,7}$`)

// isHandle reports whether a text can be the handle of a device (Devices.Handle).
func isHandle(s string) bool { return len(s) <= 64 && handle.MatchString(s) }

func isProcessID(s string) bool { return isNumber(s, 1<<31-1) }

func isOrdinal(s string) bool { return isNumber(s, 999) }

func isNumber(s string, most int) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0 && n <= most && strconv.Itoa(n) == s
}

// ErrNoRepair is the error of a text that is not a repair.
var ErrNoRepair = errors.New("no such repair")

// ParseRepair reads "quit-browser:edge" or "refresh-pcsc". What only takes
// another repair back is read as well; see [Repair.BackOnly].
func ParseRepair(text string) (Repair, error) {
	id, on, has := strings.Cut(text, ":")
	r := Repair{RepairID(id), on}
	row := r.row()
	switch {
	case row == nil, has != (row.target != nil), has && !row.target(on):
		return Repair{}, fmt.Errorf("read repair %q: %w", text, ErrNoRepair)
	}
	return r, nil
}

// must makes a repair of which the target was checked by its type, and panics
// where that was not enough.
func must(id RepairID, on string) Repair {
	text := string(id)
	if on != "" {
		text += ":" + on
	}
	r, err := ParseRepair(text)
	if err != nil {
		panic(err)
	}
	return r
}

// QuitBrowser ends every process of a browser in [RepairBrowsers].
func QuitBrowser(b BrowserName) Repair { return must(RepairQuitBrowser, string(b)) }

// ClearSiteData removes cookies and databases of the official services' hosts
// (IsServiceHost) from a browser.
func ClearSiteData(b BrowserName) Repair { return must(RepairClearSiteData, string(b)) }

// ClearCache removes the HTTP caches of a browser.
func ClearCache(b BrowserName) Repair { return must(RepairClearCache, string(b)) }

// ClearSSLState removes what Windows remembers of TLS for this user.
func ClearSSLState() Repair { return must(RepairClearSSLState, "") }

// RefreshPCSC connects to the PC/SC service anew.
func RefreshPCSC() Repair { return must(RepairRefreshPCSC, "") }

// RestartService restarts one of [RestartableServices].
func RestartService(name string) Repair { return must(RepairRestartService, name) }

// EnableService undoes the disabling of one of [EnableableServices].
func EnableService(name string) Repair { return must(RepairEnableService, name) }

// DisableService takes EnableService back.
func DisableService(name string) Repair { return must(RepairDisableService, name) }

// StopService stops one of [StoppableServices] until Windows starts again.
func StopService(name string) Repair { return must(RepairStopService, name) }

// StartService takes StopService back.
func StartService(name string) Repair { return must(RepairStartService, name) }

// TurnOffDevice disables a device, given by its handle (Devices.Handle).
func TurnOffDevice(handle string) Repair { return must(RepairTurnOffDevice, handle) }

// TurnOnDevice enables a device.
func TurnOnDevice(handle string) Repair { return must(RepairTurnOnDevice, handle) }

// RestartDevice restarts a reader.
func RestartDevice(handle string) Repair { return must(RepairRestartDevice, handle) }

// EndProgram ends a process of the official software.
func EndProgram(id int) Repair { return must(RepairEndProgram, strconv.Itoa(id)) }

// DeleteCertificate deletes the n-th certificate of a card holder in the user's
// store (Store.Holder), counted from 1.
func DeleteCertificate(n int) Repair { return must(RepairDeleteCertificate, strconv.Itoa(n)) }

// ForgetChoice removes a remembered choice for a host of Sites.
func ForgetChoice(host string) Repair { return must(RepairForgetChoice, host) }

// Open opens a place.
func Open(p Place) Repair { return must(RepairOpen, string(p)) }

func (r Repair) row() *repairRow {
	if i := slices.IndexFunc(repairRows, func(row repairRow) bool { return row.id == r.id }); i >= 0 {
		return &repairRows[i]
	}
	return nil
}

// ID is the id of the repair, "" of the zero value.
func (r Repair) ID() RepairID { return r.id }

// Target is what the repair is done to, "" where the id says it all.
func (r Repair) Target() string { return r.on }

// Number is the target as a number, 0 where it is none.
func (r Repair) Number() int {
	n, err := strconv.Atoi(r.on)
	if err != nil {
		return 0
	}
	return n
}

// Elevated reports whether the repair needs an administrator.
func (r Repair) Elevated() bool { row := r.row(); return row != nil && row.elevated }

// BackOnly reports whether the repair only takes another one back.
func (r Repair) BackOnly() bool { row := r.row(); return row != nil && row.backOnly }

// Back is the repair that takes an elevated repair back; false where none does.
func (r Repair) Back() (Repair, bool) {
	switch r.id {
	case RepairEnableService:
		return DisableService(r.on), true
	case RepairStopService:
		return StartService(r.on), true
	case RepairTurnOffDevice:
		return TurnOnDevice(r.on), true
	case RepairTurnOnDevice:
		return TurnOffDevice(r.on), true
	}
	return Repair{}, false
}

func (r Repair) String() string {
	if r.on == "" {
		return string(r.id)
	}
	return string(r.id) + ":" + r.on
}

// MarshalText implements encoding.TextMarshaler.
func (r Repair) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *Repair) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = Repair{}
		return nil
	}
	v, err := ParseRepair(string(text))
	if err == nil {
		*r = v
	}
	return err
}

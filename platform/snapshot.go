package platform

import "time"

// Schema names the shape of a saved snapshot. A reader of files refuses any
// other major number.
const Schema = "yomitori.snapshot/1"

// Snapshot is everything observed about one computer at one time. It is
// passed by value; what its slices hold is never changed after publication.
type Snapshot struct {
	Schema string    `json:"schema" share:"plain"`
	Taken  time.Time `json:"taken" share:"plain"`

	System   System   `json:"system" share:"plain"`
	Services Services `json:"services" share:"plain"`
	Devices  Devices  `json:"devices" share:"plain"`
	Drivers  Drivers  `json:"drivers" share:"plain"`
	Readers  Readers  `json:"readers" share:"plain"`
	Cards    Cards    `json:"cards" share:"plain"`
	Browsers Browsers `json:"browsers" share:"plain"`
	Hosts    Hosts    `json:"hosts" share:"plain"`
	Clients  Clients  `json:"clients" share:"plain"`
	Store    Store    `json:"store" share:"plain"`
	Network  Network  `json:"network" share:"plain"`
	Security Security `json:"security" share:"plain"`
	Online   Online   `json:"online" share:"plain"`
}

// Area names a part of a snapshot.
type Area string

// The areas, by their names in JSON.
const (
	AreaSystem   Area = "system"
	AreaServices Area = "services"
	AreaDevices  Area = "devices"
	AreaDrivers  Area = "drivers"
	AreaReaders  Area = "readers"
	AreaCards    Area = "cards"
	AreaBrowsers Area = "browsers"
	AreaHosts    Area = "hosts"
	AreaClients  Area = "clients"
	AreaStore    Area = "store"
	AreaNetwork  Area = "network"
	AreaSecurity Area = "security"
	AreaOnline   Area = "online"
)

// Areas lists all areas in the order in which people read them.
var Areas = []Area{AreaSystem, AreaServices, AreaDevices, AreaDrivers, AreaReaders, AreaCards, AreaBrowsers, AreaHosts, AreaClients, AreaStore, AreaNetwork, AreaSecurity, AreaOnline}

// Look returns how observing an area went; the pointer allows it to be set.
// It panics on a name that is not in Areas.
func (s *Snapshot) Look(a Area) *Look {
	switch a {
	case AreaSystem:
		return &s.System.Look
	case AreaServices:
		return &s.Services.Look
	case AreaDevices:
		return &s.Devices.Look
	case AreaDrivers:
		return &s.Drivers.Look
	case AreaReaders:
		return &s.Readers.Look
	case AreaCards:
		return &s.Cards.Look
	case AreaBrowsers:
		return &s.Browsers.Look
	case AreaHosts:
		return &s.Hosts.Look
	case AreaClients:
		return &s.Clients.Look
	case AreaStore:
		return &s.Store.Look
	case AreaNetwork:
		return &s.Network.Look
	case AreaSecurity:
		return &s.Security.Look
	case AreaOnline:
		return &s.Online.Look
	}
	panic("platform: unknown area " + string(a))
}

// Settled reports whether every area has been looked at.
func (s *Snapshot) Settled() bool {
	for _, a := range Areas {
		if !s.Look(a).Settled() {
			return false
		}
	}
	for _, c := range s.Cards.List {
		if !c.Settled() {
			return false
		}
	}
	return true
}

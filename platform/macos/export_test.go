package macos

import (
	"yomitori/platform"
	"yomitori/platform/chromium"
)

// What tests and fuzz targets call directly.
var (
	ParseSmartCards = parseSmartCards
	ParseDriver     = parseDriver
	ParseDictionary = parseDictionary
	ParseVPNs       = parseVPNs
	ParsePEM        = parsePEM
	MachOArch       = machoArch
	Proxies         = proxies
	Elapsed         = elapsed
	Signal          = signal
	ErrDeep         = errDeep
	ErrTooLarge     = errTooLarge
)

// Processes are the programs that ps told, by their ids.
func Processes(out []byte, uid int) map[int]string {
	list := map[int]string{}
	for _, p := range parseProcesses(out, uid) {
		list[p.id] = p.program
	}
	return list
}

// Plugins are the extensions that pluginkit told, as a browser's.
func Plugins(out []byte) []platform.Extension {
	var list []platform.Extension
	for _, p := range parsePlugins(out) {
		list = append(list, p.extension(nil))
	}
	return list
}

// Registry are the readers that ioreg told.
func Registry(out []byte) ([]platform.Device, error) {
	entries, err := parseRegistry(out)
	return usbReaders(entries), err
}

// USBReport are the readers in a report of system_profiler.
func USBReport(out []byte, kind string) ([]platform.Device, error) {
	list, _, err := parseUSBReport(out, kind)
	return list, err
}

// PlistText reads one text out of a property list.
func PlistText(raw []byte) (string, error) {
	var v struct {
		Text loose[string]   `plist:"Text"`
		List loose[[]string] `plist:"List"`
	}
	err := parsePlist(raw, &v)
	return v.Text.value, err
}

// PlistPolicies reads policies out of a property list.
func PlistPolicies(raw []byte) (chromium.RawPolicies, error) {
	var v policies
	err := parsePlist(raw, &v)
	return v.raw(), err
}

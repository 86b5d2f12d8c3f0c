// Package windows observes a Windows computer: system, services, devices,
// certificate store, browsers, native hosts, client software, network and
// security software. It needs no administrator and changes nothing.
//
// What calls the Windows API stands in *_windows.go files behind [Native] and
// [Registry]; all that understands the answers has no build tag and is tested
// on every system. Text that other programs print is never read. Start at
// [Computer.Follow].
package windows

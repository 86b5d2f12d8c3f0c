package macos

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"yomitori/platform"
)

// maxListed is how many drivers, tokens or readers are believed to be there.
const maxListed = 256

// The sections of SPSmartCardsDataType (facts/os-browser.md 4). TOKEN_DRIVERS
// are those of the kind before CryptoTokenKit.
var driverSections = map[string]platform.DriverKind{
	"READERS_DRIVERS":    platform.DriverReader,
	"SMARTCARDS_DRIVERS": platform.DriverCard,
	"TOKEN_DRIVERS":      platform.DriverCard,
}

const (
	sectionReaders  = "READERS"
	sectionTokens   = "AVAIL_SMARTCARDS_TOKEN"
	sectionKeychain = "AVAIL_SMARTCARDS_KEYCHAIN"
)

var errNoReport = errors.New("the report has no smart cards section")

// parseSmartCards understands the report SPSmartCardsDataType in JSON. Its
// names are the same in every language.
func parseSmartCards(out []byte) (platform.Drivers, error) {
	var report struct {
		Sections []map[string]json.RawMessage `json:"SPSmartCardsDataType"`
	}
	var d platform.Drivers
	if err := json.Unmarshal(out, &report); err != nil {
		return d, fmt.Errorf("parse smart cards report: %w", err)
	}
	known := false
	for _, section := range report.Sections {
		var name string
		_ = json.Unmarshal(section["_name"], &name) // "" is no section
		kind, isDriver := driverSections[name]
		switch {
		case isDriver:
			for _, line := range numbered(section) {
				d.List = append(d.List, parseDriver(kind, line))
			}
		case name == sectionReaders:
			d.SystemReaders = parseReaders(numbered(section))
		case name == sectionTokens, name == sectionKeychain:
			addTokens(&d, section["_items"])
		default:
			continue
		}
		known = true
	}
	if !known {
		return d, fmt.Errorf("parse smart cards report: %w", errNoReport)
	}
	d.List = d.List[:min(len(d.List), maxListed)]
	return d, nil
}

// numbered returns the lines of a section, "#01", "#02" and so on, in order.
func numbered(section map[string]json.RawMessage) []string {
	keys := slices.SortedFunc(maps.Keys(section), func(a, b string) int {
		if len(a) != len(b) { // "#100" comes after "#99"
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	var lines []string
	for _, k := range keys {
		var line string
		if strings.HasPrefix(k, "#") && json.Unmarshal(section[k], &line) == nil && len(lines) < maxListed {
			lines = append(lines, line)
		}
	}
	return lines
}

// driverLine is "bundle.id:version (path)".
var driverLine = regexp.MustCompile(`^\s*(.*?):(.*?)(?: \((/.*)\))?\s*$`)

// nothing is what macOS writes where an Info.plist could not be read.
const nothing = "(null)"

// plainName is what an identifier or a version looks like. Whatever else stands
// in their place may be a path, and with it somebody's name.
var plainName = regexp.MustCompile(`^[A-Za-z0-9._+-]{1,128}$`)

func parseDriver(kind platform.DriverKind, line string) platform.Driver {
	d := platform.Driver{Kind: kind}
	m := driverLine.FindStringSubmatch(line)
	if m == nil || !plainOrNothing(m[1]) || !plainOrNothing(m[2]) {
		d.Path, d.Broken = platform.Printable(line, platform.LongestText), true
		return d
	}
	d.Broken = m[1] == nothing || m[1] == "" || m[2] == nothing
	if m[1] != nothing {
		d.ID = m[1]
	}
	if m[2] != nothing {
		d.Version = m[2]
	}
	d.Path = platform.Printable(m[3], platform.LongestText)
	d.Apple = fromApple(d)
	return d
}

func plainOrNothing(s string) bool { return s == "" || s == nothing || plainName.MatchString(s) }

// fromApple tells what comes with the system by where it lies: where nobody
// else can write.
func fromApple(d platform.Driver) bool {
	if d.Path == "" {
		return strings.HasPrefix(d.ID, "com.apple.")
	}
	return strings.HasPrefix(d.Path, "/System/") || strings.HasPrefix(d.Path, "/usr/libexec/")
}

// parseReaders understands "<name> (ATR:{length = N, bytes = 0x…})", where the
// part in brackets is there when a card is. The ATR is not kept.
func parseReaders(lines []string) []platform.SystemReader {
	names := make([]string, len(lines))
	list := make([]platform.SystemReader, len(lines))
	for i, line := range lines {
		names[i], _, list[i].CardIn = strings.Cut(line, "(ATR:")
		names[i] = strings.TrimSpace(names[i])
	}
	for i, name := range platform.ReaderNames(names) {
		list[i].Name = name
	}
	if len(list) == 0 {
		return nil
	}
	return list
}

// addTokens adds the drivers of the tokens that are there. After the colon
// stands which token it is, often the serial number of a card.
func addTokens(d *platform.Drivers, raw json.RawMessage) {
	var items []struct {
		Name string `json:"_name"`
	}
	_ = json.Unmarshal(raw, &items) // none are the normal case
	for _, item := range items {
		id, _, _ := strings.Cut(item.Name, ":")
		token := platform.Driver{
			Kind: platform.DriverToken, ID: platform.Printable(id, platform.LongestName),
			Apple: strings.HasPrefix(id, "com.apple."),
		}
		if plainName.MatchString(id) && !slices.Contains(d.List, token) && len(d.List) < maxListed {
			d.List = append(d.List, token)
		}
	}
}

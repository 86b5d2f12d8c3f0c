package platform

import (
	"fmt"
	"regexp"
)

var (
	// pcsc-lite ends a name with " (SERIAL) RR SS", reader and slot in hex;
	// Windows ends it with " N" (facts/cards.md 6.1).
	slotCounters = regexp.MustCompile(` [0-9A-F]{2} [0-9A-F]{2}$`)
	serialNumber = regexp.MustCompile(`\s*\([^()]*\)$`)
	windowsIndex = regexp.MustCompile(` \d{1,2}$`)
	// Windows puts a number of the modem into the name of a SIM slot.
	modemNumber = regexp.MustCompile(`(UICC ISO Reader) [0-9A-Fa-f]+$`)
)

// readerName cuts serial number and counters off the name that PC/SC gives to
// a reader. What is left says what the reader is and not whose it is.
func readerName(name string) string {
	name = Printable(name, LongestText)
	if cut := slotCounters.ReplaceAllString(name, ""); cut != name {
		return Printable(serialNumber.ReplaceAllString(cut, ""), LongestName)
	}
	name = modemNumber.ReplaceAllString(windowsIndex.ReplaceAllString(name, ""), "$1")
	return Printable(serialNumber.ReplaceAllString(name, ""), LongestName)
}

// ReaderNames makes the names in Reader.Name out of all names that PC/SC
// lists, in its order, and counts equal ones.
func ReaderNames(names []string) []string {
	public := make([]string, len(names))
	seen := map[string]int{}
	for i, n := range names {
		public[i] = readerName(n)
		if seen[public[i]]++; seen[public[i]] > 1 {
			public[i] = fmt.Sprintf("%s #%d", public[i], seen[public[i]])
		}
	}
	return public
}

package pcsc

import (
	"fmt"
	"regexp"
	"strings"

	"yomitori/platform"
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

// publicName cuts serial number and counters off a reader's name. What is left
// says what the reader is and not whose it is.
func publicName(name string) string {
	name = platform.Printable(name, platform.LongestText)
	if cut := slotCounters.ReplaceAllString(name, ""); cut != name {
		return platform.Printable(serialNumber.ReplaceAllString(cut, ""), platform.LongestName)
	}
	name = modemNumber.ReplaceAllString(windowsIndex.ReplaceAllString(name, ""), "$1")
	return platform.Printable(serialNumber.ReplaceAllString(name, ""), platform.LongestName)
}

// publicNames makes the names of a whole list, and counts equal ones.
func publicNames(names []string) []string {
	public := make([]string, len(names))
	seen := map[string]int{}
	for i, n := range names {
		public[i] = publicName(n)
		if seen[public[i]]++; seen[public[i]] > 1 {
			public[i] = fmt.Sprintf("%s #%d", public[i], seen[public[i]])
		}
	}
	return public
}

var brackets = strings.NewReplacer("[", " ", "]", " ", "(", " ", ")", " ")

// modelOf finds a reader in the table by its name.
func modelOf(name string) model {
	// Brackets part words as spaces do: "[CIR315 SAM]".
	folded := strings.ToLower(brackets.Replace(name)) + " "
	for _, m := range models {
		if strings.Contains(folded, strings.ToLower(m.part)) {
			return m
		}
	}
	return model{}
}

package pcsc

import "strings"

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

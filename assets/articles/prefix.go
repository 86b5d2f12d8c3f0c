package articles

import "strings"

// BeginsCode reports whether a text is how a code begins that is known here, so that
// somebody may be about to type the rest.
func BeginsCode(typed string) bool {
	begin := fold(typed)
	if begin == "" {
		return false
	}
	for _, e := range indexed().entries {
		for _, c := range e.codes {
			if strings.HasPrefix(c, begin) {
				return true
			}
		}
	}
	return false
}

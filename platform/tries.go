package platform

import (
	"encoding/json"
	"fmt"
)

// Tries is a retry counter. The zero value means that it is not known, which
// is why the count itself is not the representation.
type Tries struct {
	known  bool
	locked bool
	left   int
}

// TriesLeft is a counter with n tries left; none left is a locked PIN.
func TriesLeft(n int) Tries { return Tries{known: true, locked: n <= 0, left: max(n, 0)} }

// Locked is the counter of a locked PIN.
func Locked() Tries { return TriesLeft(0) }

// Known reports whether the card told its counter.
func (t Tries) Known() bool { return t.known }

// IsLocked reports whether the PIN is locked.
func (t Tries) IsLocked() bool { return t.known && t.locked }

// Left is the number of tries left, 0 when locked or not known.
func (t Tries) Left() int { return t.left }

// IsZero makes encoding/json leave out a counter that is not known.
func (t Tries) IsZero() bool { return !t.known }

// MarshalJSON writes the number of tries, "locked", or null.
func (t Tries) MarshalJSON() ([]byte, error) {
	switch {
	case !t.known:
		return []byte("null"), nil
	case t.locked:
		return []byte(`"locked"`), nil
	}
	return json.Marshal(t.left)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *Tries) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case "null":
		*t = Tries{}
		return nil
	case `"locked"`:
		*t = Locked()
		return nil
	}
	var n int
	if err := json.Unmarshal(b, &n); err != nil || n < 1 || n > 15 {
		return fmt.Errorf(`read retry counter: want 1 to 15, "locked" or null, got %.20s`, b)
	}
	*t = TriesLeft(n)
	return nil
}

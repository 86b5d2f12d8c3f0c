package chromium

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
)

// maxLocalState is far above any real file (real ones are below 1 MB).
const maxLocalState = 16 << 20

// LocalState is the part of a browser's "Local State" file that is used here.
type LocalState struct {
	Profiles []string // folder names, sorted
	LastUsed string   // folder name of the profile used last, or ""
}

var errTooLarge = errors.New("file is larger than any real one")

// ReadLocalState reads "Local State" in a browser's user data folder. An error
// wraps fs.ErrNotExist when the browser has never been started.
func ReadLocalState(userData fs.FS) (LocalState, error) {
	f, err := userData.Open("Local State")
	if err != nil {
		return LocalState{}, fmt.Errorf("read Local State: %w", err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxLocalState+1))
	if err != nil {
		return LocalState{}, fmt.Errorf("read Local State: %w", err)
	}
	if len(raw) > maxLocalState {
		return LocalState{}, fmt.Errorf("read Local State: %w", errTooLarge)
	}
	var file struct {
		Profile struct {
			InfoCache map[string]json.RawMessage `json:"info_cache"`
			LastUsed  string                     `json:"last_used"`
		} `json:"profile"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return LocalState{}, fmt.Errorf("parse Local State: %w", err)
	}
	s := LocalState{LastUsed: file.Profile.LastUsed}
	for _, name := range slices.Sorted(maps.Keys(file.Profile.InfoCache)) {
		s.Profiles = append(s.Profiles, name)
	}
	return s, nil
}

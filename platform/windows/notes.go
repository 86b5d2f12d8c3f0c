package windows

import (
	"errors"
	"io/fs"
	"strings"

	"yomitori/platform"
)

// notes collect what went wrong while an area was looked at without ending
// the look.
type notes struct{ errs []error }

// add takes an error down. What is not there is no error.
func (n *notes) add(err error) {
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		n.errs = append(n.errs, err)
	}
}

// look is that of an area that was observed, but for what the notes say.
func (n *notes) look() platform.Look {
	l := platform.Seen()
	l.Detail = detail(errors.Join(n.errs...))
	return l
}

// failure is the look of what could not be observed.
func failure(err error) platform.Look {
	l := platform.Failure(platform.WhyOf(err), nil)
	l.Detail = detail(err)
	return l
}

func detail(err error) string {
	if err == nil {
		return ""
	}
	return platform.Printable(strings.ReplaceAll(err.Error(), "\n", "; "), platform.LongestText)
}

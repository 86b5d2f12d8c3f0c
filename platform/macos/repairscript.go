package macos

import (
	"errors"
	"regexp"
	"strconv"
	"time"
)

// osascript runs AppleScript.
const osascript = "/usr/bin/osascript"

// askLimit is how long a program may take that asks a person for something.
const askLimit = 5 * time.Minute

// Error numbers of AppleScript (Apple's MacErrors.h and Authorization.h).
const (
	userCancelled      = -128
	noSuchProcess      = -600
	connectionInvalid  = -609
	eventTimedOut      = -1712
	noInteraction      = -1713
	eventNotPermitted  = -1743 // the user does not let this program control the other
	authorizationNo    = -60005
	authorizationNoGUI = -60007
)

// errorNumber is how osascript ends what it complains: "User canceled. (-128)".
var errorNumber = regexp.MustCompile(`\((-?[0-9]{1,9})\)\s*$`)

// scriptError is the number of the error with which a script ended; of a shell
// script that the script ran, its exit code.
func scriptError(err error) (number int, ok bool) {
	var exit *ExitError
	if !errors.As(err, &exit) {
		return 0, false
	}
	m := errorNumber.FindStringSubmatch(exit.Stderr)
	if m == nil {
		return 0, false
	}
	number, err = strconv.Atoi(m[1])
	return number, err == nil
}

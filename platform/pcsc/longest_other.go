//go:build !darwin

package pcsc

import "time"

// longest is how long a wait may last when nothing happens.
const longest = 30 * time.Second

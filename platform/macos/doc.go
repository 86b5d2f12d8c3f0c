// Package macos observes a Mac.
//
// What stands in a file is read from the file, through an [fs.FS] of the whole
// tree; the rest is told by programs of the system, which a [Runner] runs with
// a deadline and a limit on what they may say. So a recorded tree and recorded
// outputs stand in for a Mac, and everything here is tested on every system.
// Nothing is ever written, no program asks the user for anything, and none
// opens a connection.
//
// What macOS keeps from programs without Full Disk Access is refused, never
// taken for absent. Start at [New].
package macos

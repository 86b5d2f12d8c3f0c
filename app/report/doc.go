// Package report decides what may leave the computer. Every field of a snapshot
// and of a finding carries a share tag; [Masked] obeys the tags, and [Read] takes
// in what others have saved.
package report

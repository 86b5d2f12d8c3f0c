// Package report decides what may leave the computer, and writes and reads it.
//
// Every field of a snapshot and of a finding carries a share tag. [Masked] obeys the
// tags, and finds what tells of a person within other text. A [Report] is masked
// when it is made, so its page, its file and its plain text are. [Open] takes in
// what others have saved, which may be anything. Start reading at report.go.
package report

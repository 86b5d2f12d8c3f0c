// Package checks says what a snapshot means.
//
// [Diagnose] is a pure function from a snapshot, a purpose and a time to a
// [Diagnosis]: the findings of every check and the one cause to act on first.
// The package opens no file, asks no clock and knows no operating system; all
// of that happened before, in package platform.
//
// Read table.go first: it lists every check in the order of the wizard's
// steps. catalogue.go lists every finding with the link of the dependency
// chain that it breaks; ranking.go uses the chain to name one cause and to
// silence what follows from it. What others may decide anew any day (versions,
// certificates, ids) is in package rules, and a finding says how old that is. A
// finding carries typed evidence and no prose:
// the words are in package assets.
package checks

// Package platform says what can be observed about a computer, and how to ask it.
//
// A [Computer] is the machine under diagnosis: the one the program runs on, a
// practice computer, or a saved report. Following it yields [Snapshot] values.
// A snapshot is divided into areas (readers, cards, browsers, …); each area
// says for itself whether it was observed, does not apply here, was refused or
// failed, because "could not look" must never read as "fine".
//
// The package holds types and the small engine that runs probes in parallel.
// It never judges: what a snapshot means is decided in package checks. It
// imports nothing of ours; the folders below it look at real systems.
//
// Every field carries a share tag: "plain" may leave the computer, "mask" is
// replaced by a token first, "never" stays. Start reading at [Snapshot].
package platform

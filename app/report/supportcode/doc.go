// Package supportcode puts the outcome of a diagnosis into a number that can be
// read over the telephone: some thirty digits in groups of four, without anything
// that tells who somebody is.
//
// A code holds which program made it, the system, the purpose, the kinds of card and
// reader, how many days are left, and the status of every finding. From it [Decode]
// rebuilds the result. Two check digits (ISO 7064, MOD 97-10) notice every wrong
// digit and every two neighbours that were swapped. The first digit is the version
// of the format; what a version wrote, later programs read.
package supportcode

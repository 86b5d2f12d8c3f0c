// Package practice holds computers that exist only as recorded snapshots, so
// that the program can be shown, taught and tested without a reader.
//
// The computers are made up: their cards, people and dates belong to nobody.
// Each is a JSON file in computers/, the same form as a saved snapshot.
//
// Repairs can be shown on them too. A plan is made from the snapshot as a real
// computer would make it; the changes that were made are kept in memory, and what
// is seen is the recorded snapshot with these changes in it. Nothing outside of
// the value is ever changed, opened or written.
package practice

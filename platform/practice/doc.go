// Package practice holds computers that exist only as recorded snapshots, so
// that the program can be shown, taught and tested without a reader.
//
// The computers are made up: their cards, people and dates belong to nobody.
// Each is a JSON file in computers/, the same form as a saved snapshot.
package practice

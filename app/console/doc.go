// Package console shows a diagnosis as text or as JSON.
//
// Text is for people: the cause first, then the steps. JSON is a contract for
// scripts, described in docs/json.md. Both write to a writer and nothing else.
package console

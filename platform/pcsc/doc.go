// Package pcsc is the wire to the card: it follows readers and cards through
// the PC/SC service and hands each card to package card to be read.
//
// [Watcher.Follow] is the way in. It is written for a service that may be
// missing, stop, restart or hang at any call: every call runs on a worker that
// can be left behind (worker.go), a lost service is met by starting afresh
// (watcher.go), and a card that leaves while it is read is a fact like any
// other (slot.go).
//
// Cards are connected shared, held in one transaction and left as they were
// found. Only commands that package card made can be sent, and the wire checks
// them once more. The file scard.go is the only one that knows the PC/SC library.
package pcsc

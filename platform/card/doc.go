// Package card reads from a smart card what it tells without a PIN.
//
// [Read] is the way in: it is given a [Transmitter] for a card that is
// powered and held in one transaction, finds out what kind of card it is by
// selecting applets, and returns the facts as a [platform.Card]. One file reads
// one card family (mynumber.go), apdu.go holds the only commands that exist.
//
// Safety is a matter of types here. A [Command] can be made only by this
// package, and the package can make only SELECT, READ BINARY, READ RECORD, GET
// RESPONSE, GET DATA and the query form of VERIFY, which asks for a retry
// counter without costing a try. [Allowed] states the same rule a second time,
// on bytes, for the wire to enforce and for tests to prove.
//
// Nothing that a card says is trusted: lengths are bounded, text is cleaned,
// and a card that answers nonsense is reported as that.
package card

// Package cardtest makes smart cards out of nothing, for tests.
//
// A [Chip] is a small model of an ISO 7816-4 card: applications chosen by AID,
// files with two-byte ids inside them, retry counters, and the status words
// that a real card gives to a reader that asks for the wrong thing. It is not
// tied to any kind of card. [MyNumber] fills one with what a My Number Card
// shows without a PIN, certificates included, and [Options] says in which way
// that card is unlucky: expired, locked, half empty, signed by the wrong CA.
// [HPKI] and [PIV] do the same for the cards of doctors and for security keys;
// [Applets], [SIM] and [Storage] are for cards that are named and not read.
//
// What can go wrong on the way to a card is not part of the card. It is
// wrapped around it, and the wrappers combine:
//
//	card := cardtest.MyNumber(cardtest.Options{AuthTries: 1})
//	tired := cardtest.AnswerEvery(cardtest.ChunkLimit(card, 16), 7, 0x6F, 0x00)
//
// A chip writes down every command that reaches it ([Chip.Log]) and calls out
// those that this program must never send ([Chip.Violations]): a VERIFY that
// carries a PIN, a command that writes, a look at the signature certificate,
// anything at all on a storage card. Only PIV cards let pass what a library
// sends beyond that, and mark it in the log ([Exchange.Foreign]). Every test of
// card reading should end by asking for the violations.
//
// No certificate, number or name in here belongs to anybody. Keys are made
// anew in every process and are worth nothing.
//
// The package works on every system and without cgo. To put a card into a real
// PC/SC reader, see platform/pcsc/pcsctest. The program itself never imports
// this package. Start reading at chip.go, then mynumber.go; named.go has the AIDs
// and ATRs of other cards.
package cardtest

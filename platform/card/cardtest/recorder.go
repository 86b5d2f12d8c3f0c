package cardtest

import "sync"

// Recorder writes down what passes between a reader and a card. Around a card
// with faults it shows what the reader saw, where the log of the chip shows
// what got through.
type Recorder struct {
	Card
	mu  sync.Mutex
	log []Exchange
}

// Record puts a recorder around a card.
func Record(c Card) *Recorder { return &Recorder{Card: c} }

func (r *Recorder) inner() Card { return r.Card }

// Transmit implements [Card].
func (r *Recorder) Transmit(command []byte) []byte {
	response := r.Card.Transmit(command)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log = append(r.log, Exchange{Command: append([]byte(nil), command...), Response: append([]byte(nil), response...)})
	return response
}

// Interrupt implements [Interrupter].
func (r *Recorder) Interrupt() { Interrupt(r.Card) }

// Log returns the exchanges so far.
func (r *Recorder) Log() []Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Exchange(nil), r.log...)
}

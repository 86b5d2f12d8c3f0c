package cardtest

import (
	"sync"
	"sync/atomic"
	"time"
)

// fault is a card with something around it. Resets and interrupts go through
// to the card inside, so that faults can be put around faults.
type fault struct {
	Card
	transmit func(command []byte) []byte
	reset    func() // nil if a reset means nothing to this fault
	free     func() // nil if it never hangs
}

func (f *fault) inner() Card { return f.Card }

func (f *fault) Transmit(command []byte) []byte { return f.transmit(command) }

func (f *fault) Reset() {
	if f.reset != nil {
		f.reset()
	}
	f.Card.Reset()
}

func (f *fault) Interrupt() {
	if f.free != nil {
		f.free()
	}
	Interrupt(f.Card)
}

// counted calls at for the commands whose number, from 1, it picks, and passes
// the others on to the card. It counts through resets.
func counted(c Card, pick func(n int) bool, at func(command []byte) []byte) *fault {
	var mu sync.Mutex
	n := 0
	next := func() int {
		mu.Lock()
		defer mu.Unlock()
		n++
		return n
	}
	return &fault{Card: c, transmit: func(command []byte) []byte {
		if pick(next()) {
			return at(command)
		}
		return c.Transmit(command)
	}}
}

// AnswerAt answers the nth command itself, once; the card never sees it.
func AnswerAt(c Card, n int, response ...byte) Card {
	return counted(c, func(i int) bool { return i == n }, func([]byte) []byte { return response })
}

// AnswerEvery answers every nth command itself, the way a bad contact makes
// 6F00 come now and then.
func AnswerEvery(c Card, n int, response ...byte) Card {
	return counted(c, func(i int) bool { return i%n == 0 }, func([]byte) []byte { return response })
}

// Delay takes its time over every command.
func Delay(c Card, d time.Duration) Card {
	return &fault{Card: c, transmit: func(command []byte) []byte {
		time.Sleep(d)
		return c.Transmit(command)
	}}
}

// HangAt does not answer the nth command until the card is reset or
// interrupted, and then without a status word. Later commands are answered.
func HangAt(c Card, n int) Card {
	var g gate
	f := counted(c, func(i int) bool { return i == n }, func([]byte) []byte {
		g.hold()
		return nil
	})
	f.reset, f.free = g.open, g.open
	return f
}

// gate holds one goroutine back until it is opened. To open it while nobody
// waits does nothing.
type gate struct {
	mu   sync.Mutex
	shut chan struct{}
}

func (g *gate) hold() {
	g.mu.Lock()
	shut := make(chan struct{})
	g.shut = shut
	g.mu.Unlock()
	<-shut
}

func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut != nil {
		close(g.shut)
		g.shut = nil
	}
}

// RemoveAt calls pull instead of answering the nth command, and then answers
// nothing more until the card is reset: it is out of the reader.
func RemoveAt(c Card, n int, pull func()) Card {
	var gone atomic.Bool
	f := counted(c, func(i int) bool { return i == n || gone.Load() }, func([]byte) []byte {
		if gone.CompareAndSwap(false, true) {
			pull()
		}
		return nil
	})
	f.reset = func() { gone.Store(false) }
	return f
}

// ChunkLimit cuts answers to READ BINARY short: at most limit bytes come with
// 9000, whatever was asked for.
func ChunkLimit(c Card, limit int) Card {
	return &fault{Card: c, transmit: func(command []byte) []byte {
		response := c.Transmit(command)
		data, _, ok := split(response)
		if !ok || len(data) <= limit || len(command) < 2 || command[1] != insReadBinary {
			return response
		}
		return answer(data[:limit], swOK)
	}}
}

// ExactLe answers 6Cxx to a command whose Le is not the exact number of bytes
// there are, xx being that number.
func ExactLe(c Card) Card {
	return &fault{Card: c, transmit: func(command []byte) []byte {
		if len(command) > 3 && command[1] == insSelect && command[3] == nextOccurrence {
			// The card would refuse before it moved on; a wrapper cannot.
			return c.Transmit(command)
		}
		response := c.Transmit(command)
		data, _, ok := split(response)
		cmd, err := parse(command)
		if !ok || err != nil || len(data) == 0 || len(data) > 256 || cmd.le == len(data) {
			return response
		}
		return status(swExactLe | uint16(len(data)&0xFF))
	}}
}

package cardtest

import "sync"

// GetResponse answers 61xx where there is data, and hands the data out to GET
// RESPONSE, as a card on T=0 does.
func GetResponse(c Card) Card {
	o := &outbox{Card: c}
	return &fault{Card: c, transmit: o.Transmit, reset: o.clear}
}

// outbox keeps an answer until it is fetched.
type outbox struct {
	Card
	mu      sync.Mutex
	waiting []byte // data and the final status word
}

func (o *outbox) clear() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting = nil
}

func (o *outbox) Transmit(command []byte) []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	if cmd, err := parse(command); err == nil && cmd.ins == insGetResponse && o.waiting != nil {
		return o.fetch(cmd.le)
	}
	o.waiting = nil
	response := o.Card.Transmit(command)
	data, _, ok := split(response)
	if !ok || len(data) == 0 {
		return response
	}
	o.waiting = response
	return status(more(len(data)))
}

func (o *outbox) fetch(le int) []byte {
	data, sw, _ := split(o.waiting)
	if le >= len(data) {
		o.waiting = nil
		return answer(data, sw)
	}
	o.waiting = answer(data[le:], sw)
	return answer(data[:le], more(len(data)-le))
}

// more is 61xx; 6100 stands for 256 bytes or more.
func more(n int) uint16 {
	if n > 0xFF {
		return swMore
	}
	return swMore | uint16(n)
}

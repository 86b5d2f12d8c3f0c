//go:build linux

package pcsctest

import (
	"encoding/binary"
	"io"
	"net"
	"sync"

	"yomitori/platform/card/cardtest"
)

// Control messages of vpcd: one byte instead of a command APDU.
const (
	powerOff = 0
	powerOn  = 1
	reset    = 2
	getATR   = 4
)

// Slot is a card in a reader.
type Slot struct {
	card cardtest.Card
	conn *net.TCPConn

	wire  sync.Mutex // for what is sent
	owing bool       // vpcd waits for an answer

	powered chan struct{} // closed at the first power on
	power   sync.Once
	removed chan struct{} // closed when the connection is
	remove  sync.Once
	done    chan struct{} // closed when nothing of it runs any more
}

func serve(conn *net.TCPConn, c cardtest.Card) *Slot {
	s := &Slot{
		card: c, conn: conn,
		powered: make(chan struct{}), removed: make(chan struct{}), done: make(chan struct{}),
	}
	go func() {
		defer close(s.done)
		defer s.Remove()
		s.loop()
	}()
	return s
}

// Powered is closed when pcscd has noticed the card and powers it on, which is
// the moment from which a program can know of it.
func (s *Slot) Powered() <-chan struct{} { return s.powered }

// Removed is closed when the card is out: by Remove, because the card stopped
// answering, or because pcscd ended.
func (s *Slot) Removed() <-chan struct{} { return s.removed }

// Remove pulls the card out. pcscd notices at its next poll, or when it wants
// something of the card. To remove a card twice does nothing.
func (s *Slot) Remove() {
	s.remove.Do(func() {
		s.disconnect()
		close(s.removed)
	})
	cardtest.Interrupt(s.card)
}

// disconnect makes vpcd notice that an answer will not come. It takes a lost
// connection for an answer of no bytes, with which SCardTransmit succeeds; only
// where the answer breaks off after its length does it report an error, as a
// real reader does.
func (s *Slot) disconnect() {
	s.wire.Lock()
	defer s.wire.Unlock()
	if s.owing {
		_, _ = s.conn.Write([]byte{0, 2})
	}
	_ = s.conn.SetLinger(0) // a reset instead of an orderly end
	_ = s.conn.Close()
}

func (s *Slot) gone() bool {
	select {
	case <-s.removed:
		return true
	default:
		return false
	}
}

// stopped also frees a card that began to hang just after it was removed.
func (s *Slot) stopped() bool {
	select {
	case <-s.done:
		return true
	default:
		cardtest.Interrupt(s.card)
		return false
	}
}

// loop plays the card until the connection ends.
func (s *Slot) loop() {
	for {
		message, err := s.receive()
		if err != nil {
			return
		}
		if len(message) == 1 && message[0] != getATR {
			s.control(message[0]) // without an answer
			continue
		}
		if response := s.respond(message); len(response) < 2 || s.send(response) != nil {
			return
		}
	}
}

func (s *Slot) control(c byte) {
	switch c {
	case powerOn:
		s.card.Reset()
		s.power.Do(func() { close(s.powered) })
	case reset:
		s.card.Reset()
	case powerOff:
	}
}

func (s *Slot) respond(message []byte) []byte {
	s.wire.Lock()
	s.owing = true
	s.wire.Unlock()
	if len(message) == 1 {
		return s.card.ATR()
	}
	return s.card.Transmit(message)
}

func (s *Slot) receive() ([]byte, error) {
	acknowledge(s.conn)
	var length [2]byte
	if _, err := io.ReadFull(s.conn, length[:]); err != nil {
		return nil, err
	}
	message := make([]byte, binary.BigEndian.Uint16(length[:]))
	_, err := io.ReadFull(s.conn, message)
	return message, err
}

func (s *Slot) send(message []byte) error {
	s.wire.Lock()
	defer s.wire.Unlock()
	s.owing = false
	out := binary.BigEndian.AppendUint16(nil, uint16(len(message)))
	_, err := s.conn.Write(append(out, message...))
	return err
}

package pcsc

import "time"

// service is one context of the PC/SC resource manager. Its calls block and
// may never return. cancel may be called while wait runs; nothing else may
// overlap.
type service interface {
	// readers lists the readers; no readers is an empty list.
	readers() ([]string, error)
	// wait returns when a reader differs from its known state, with the new
	// states filled in, or with codeTimeout.
	wait(states []readerState, limit time.Duration) error
	cancel() error
	connect(reader string) (link, error)
	release() error
}

// link is a shared connection to one card.
type link interface {
	begin() error
	transmit([]byte) ([]byte, error)
	// end ends the transaction and the connection and leaves the card as it is.
	end() error
}

// readerState is what is known of a reader, and what is new.
type readerState struct {
	name    string
	current stateFlags
	event   stateFlags
	atr     []byte
}

// stateFlags are the state bits of a reader; the high half counts events.
type stateFlags uint32

const (
	stateChanged     stateFlags = 0x0002
	stateUnknown     stateFlags = 0x0004
	stateUnavailable stateFlags = 0x0008
	stateEmpty       stateFlags = 0x0010
	statePresent     stateFlags = 0x0020
	stateExclusive   stateFlags = 0x0080
	stateInUse       stateFlags = 0x0100
	stateMute        stateFlags = 0x0200
)

func (s stateFlags) has(f stateFlags) bool { return s&f != 0 }

// events counts insertions and removals, where the service does.
func (s stateFlags) events() stateFlags { return s >> 16 }

// plugAndPlay is the name under which the service tells of readers that come
// and go.
const plugAndPlay = `\\?PnP?\Notification`

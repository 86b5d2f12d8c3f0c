//go:build windows || cgo

package pcsc

import (
	"errors"
	"time"

	"github.com/ebfe/scard"
)

// establish opens a context of the system's PC/SC service.
func establish() (service, error) {
	ctx, err := scard.EstablishContext()
	if err != nil {
		return nil, wrap("establish PC/SC context", err)
	}
	return scardService{ctx}, nil
}

type scardService struct{ ctx *scard.Context }

func (s scardService) readers() ([]string, error) {
	names, err := s.ctx.ListReaders()
	if errors.Is(err, scard.ErrNoReadersAvailable) {
		return nil, nil
	}
	return names, wrap("list readers", err)
}

func (s scardService) wait(states []readerState, limit time.Duration) error {
	native := make([]scard.ReaderState, len(states))
	for i, v := range states {
		native[i] = scard.ReaderState{Reader: v.name, CurrentState: scard.StateFlag(v.current)}
	}
	err := s.ctx.GetStatusChange(native, limit)
	for i, v := range native {
		states[i].event, states[i].atr = stateFlags(v.EventState), v.Atr
	}
	return wrap("wait for readers", err)
}

func (s scardService) cancel() error  { return wrap("cancel waiting", s.ctx.Cancel()) }
func (s scardService) release() error { return wrap("release PC/SC context", s.ctx.Release()) }

func (s scardService) connect(reader string) (link, error) {
	card, err := s.ctx.Connect(reader, scard.ShareShared, scard.ProtocolAny)
	if err != nil {
		return nil, wrap("connect card", err)
	}
	return scardLink{card}, nil
}

type scardLink struct{ card *scard.Card }

func (l scardLink) begin() error { return wrap("begin transaction", l.card.BeginTransaction()) }

func (l scardLink) transmit(b []byte) ([]byte, error) {
	answer, err := l.card.Transmit(b)
	return answer, wrap("transmit", err)
}

func (l scardLink) end() error {
	return errors.Join(
		wrap("end transaction", l.card.EndTransaction(scard.LeaveCard)),
		wrap("disconnect card", l.card.Disconnect(scard.LeaveCard)),
	)
}

func wrap(doing string, err error) error {
	var e scard.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return fault(doing, code(e))
	}
	return err
}

//go:build windows || cgo

package pcsc

import (
	"errors"
	"fmt"

	"github.com/go-piv/piv-go/v2/piv"

	"yomitori/platform"
	"yomitori/platform/card"
)

// readPIV reads the certificate of slot 9A, which needs no PIN. It must be
// called only for a card that was identified as PIV: piv-go sends commands that
// package card does not know.
func readPIV(reader string) (platform.Certificate, error) {
	token, err := piv.Open(reader)
	if err != nil {
		return platform.Certificate{}, fmt.Errorf("open PIV card: %w", err)
	}
	defer token.Close()
	x, err := token.Certificate(piv.SlotAuthentication)
	switch {
	case errors.Is(err, piv.ErrNotFound):
		return platform.Certificate{Role: platform.RolePIV, State: platform.CertMissing}, nil
	case err != nil:
		return platform.Certificate{}, fmt.Errorf("read PIV certificate: %w", err)
	}
	// Names in it are the owner's own, the issuer's often included.
	full, _ := card.Describe(platform.RolePIV, x.Raw)
	return platform.Certificate{
		Role: full.Role, State: full.State, NotBefore: full.NotBefore, NotAfter: full.NotAfter, Key: full.Key, Size: full.Size,
	}, nil
}

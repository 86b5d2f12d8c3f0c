package pcsc

import (
	"fmt"

	"yomitori/platform"
)

// code is a PC/SC return code. The values are the same on all systems.
type code uint32

const (
	codeCancelled         code = 0x80100002
	codeUnknownReader     code = 0x80100009
	codeTimeout           code = 0x8010000A
	codeSharing           code = 0x8010000B
	codeNoCard            code = 0x8010000C
	codeProtoMismatch     code = 0x8010000F
	codeNotReady          code = 0x80100010
	codeCommError         code = 0x80100013
	codeNotTransacted     code = 0x80100016
	codeReaderUnavailable code = 0x80100017
	codeCardUnsupported   code = 0x8010001C
	codeNoService         code = 0x8010001D
	codeServiceStopped    code = 0x8010001E
	codeNoReaders         code = 0x8010002E
	codeCommDataLost      code = 0x8010002F
	codeUnsupportedCard   code = 0x80100065
	codeUnresponsive      code = 0x80100066
	codeUnpowered         code = 0x80100067
	codeReset             code = 0x80100068
	codeRemoved           code = 0x80100069
	codeSecurity          code = 0x8010006A
)

func (c code) Error() string { return fmt.Sprintf("PC/SC error %08X", uint32(c)) }

// reasons says what a code means here (facts/cards.md 5.3). Codes that are
// missing have no better reason than "error".
var reasons = map[code]platform.Why{
	codeUnknownReader:     platform.WhyReaderLost,
	codeReaderUnavailable: platform.WhyReaderLost,
	codeNoReaders:         platform.WhyReaderLost,
	codeSharing:           platform.WhyBusy,
	codeTimeout:           platform.WhyTimedOut,    // but a wait that ends with it is no fault
	codeNotReady:          platform.WhyLostContact, // and tried again
	codeCardUnsupported:   platform.WhyMute,
	codeUnsupportedCard:   platform.WhyMute,
	codeNoCard:            platform.WhyLostContact,
	codeCommError:         platform.WhyLostContact,
	codeCommDataLost:      platform.WhyLostContact,
	codeNotTransacted:     platform.WhyLostContact,
	codeUnpowered:         platform.WhyLostContact,
	codeReset:             platform.WhyLostContact,
	codeRemoved:           platform.WhyLostContact,
	codeUnresponsive:      platform.WhyMute,
	codeProtoMismatch:     platform.WhyMute,
	codeNoService:         platform.WhyNoService,
	codeServiceStopped:    platform.WhyServiceStopped,
	codeSecurity:          platform.WhyAccessDenied,
}

// fault turns a return code into an error that says what was being done.
func fault(doing string, c code) error {
	why, ok := reasons[c]
	if !ok {
		why = platform.WhyError
	}
	return platform.Fail(why, fmt.Errorf("%s: %w", doing, c))
}

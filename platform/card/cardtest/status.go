package cardtest

// Status words of ISO 7816-4 that the model answers with.
const (
	swOK              = 0x9000
	swEndOfFile       = 0x6282 // fewer bytes than asked for
	swDeactivated     = 0x6283 // the application is blocked
	swWrongLength     = 0x6700
	swWrongStructure  = 0x6981 // records wanted of a transparent EF, or the reverse
	swNeedsPIN        = 0x6982
	swBlocked         = 0x6984 // what JPKI says of a locked PIN
	swConditions      = 0x6985
	swNoCurrentEF     = 0x6986
	swNoFunction      = 0x6A81
	swNotFound        = 0x6A82
	swNoRecord        = 0x6A83
	swWrongParameters = 0x6A86
	swNoObject        = 0x6A88
	swWrongOffset     = 0x6B00
	swExactLe         = 0x6C00
	swMore            = 0x6100
	swTriesLeft       = 0x63C0
	swNoInstruction   = 0x6D00
	swNoClass         = 0x6E00
)

// answer joins data and status word.
func answer(data []byte, sw uint16) []byte {
	out := make([]byte, 0, len(data)+2)
	out = append(out, data...)
	return append(out, byte(sw>>8), byte(sw))
}

func status(sw uint16) []byte { return answer(nil, sw) }

// split takes a response apart; ok is false when there is no status word.
func split(response []byte) (data []byte, sw uint16, ok bool) {
	n := len(response) - 2
	if n < 0 {
		return nil, 0, false
	}
	return response[:n], uint16(response[n])<<8 | uint16(response[n+1]), true
}

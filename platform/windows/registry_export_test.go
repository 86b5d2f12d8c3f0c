package windows

// For the registry in memory.
var (
	TextOf   = textOf
	TextsOf  = textsOf
	NumberOf = numberOf
)

// NativeRegistry is the registry of the computer that runs the test.
var NativeRegistry = nativeRegistry

type ValueKind = valueKind

const (
	KindText       = kindText
	KindExpandText = kindExpandText
	KindBinary     = kindBinary
	KindNumber     = kindNumber
	KindTexts      = kindTexts
)

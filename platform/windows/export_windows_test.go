package windows

var (
	QueryWMI      = queryWMI
	NativeService = nativeService

	NativeRemoteDrive = nativeRemoteDrive
)

// For repairs.
var (
	SystemNative = native
	RunAndWait   = runAndWait
)

package windows

var (
	QueryWMI      = queryWMI
	NativeService = nativeService

	NativeRemoteDrive = nativeRemoteDrive
)

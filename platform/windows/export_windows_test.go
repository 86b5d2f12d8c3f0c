package windows

var (
	QueryWMI      = queryWMI
	NativeService = nativeService
)

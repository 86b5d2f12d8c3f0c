package windows

// What Windows itself answers.
var (
	NativeDevices         = nativeDevices
	NativeReaderInstances = nativeReaderInstances
	NativeCertificates    = nativeCertificates
)

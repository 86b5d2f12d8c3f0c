package windows

// native is what Windows itself answers.
func native() *Native {
	return &Native{
		Version:          nativeVersion,
		CodePage:         nativeCodePage,
		Remote:           nativeRemote,
		Folder:           nativeFolder,
		RemoteDrive:      nativeRemoteDrive,
		Service:          nativeService,
		Processes:        nativeProcesses,
		Devices:          nativeDevices,
		ReaderInstances:  nativeReaderInstances,
		Certificates:     nativeCertificates,
		Proxy:            nativeProxy,
		SecurityProducts: nativeSecurityProducts,
	}
}

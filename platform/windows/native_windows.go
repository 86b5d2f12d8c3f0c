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
		Actions: Actions{
			CloseWindows:      nativeCloseWindows,
			EndProcess:        nativeEndProcess,
			ClearSSLState:     nativeClearSSLState,
			StartService:      nativeStartService,
			StopService:       nativeStopService,
			SetServiceStart:   nativeSetServiceStart,
			Dependents:        nativeDependents,
			ChangeDevice:      nativeChangeDevice,
			PackCertificate:   nativePackCertificate,
			DeleteCertificate: nativeDeleteCertificate,
			AddCertificate:    nativeAddCertificate,
			OpenInShell:       nativeOpenInShell,
			StartProgram:      nativeStartProgram,
			IsElevated:        nativeIsElevated,
			RunElevated:       nativeRunElevated,
		},
	}
}

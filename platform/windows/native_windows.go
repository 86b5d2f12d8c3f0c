package windows

// native is what Windows itself answers.
func native() *Native {
	return &Native{
		Version:          nativeVersion,
		CodePage:         nativeCodePage,
		Remote:           nativeRemote,
		Service:          nativeService,
		Proxy:            nativeProxy,
		SecurityProducts: nativeSecurityProducts,
	}
}

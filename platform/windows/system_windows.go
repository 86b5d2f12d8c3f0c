package windows

import (
	"errors"
	"fmt"
	"io/fs"

	"golang.org/x/sys/windows"
)

// nativeVersion asks the kernel, which tells everybody the truth.
func nativeVersion() (Version, error) {
	i := windows.RtlGetVersion()
	if i.MajorVersion == 0 {
		return Version{}, errors.New("ask for version: no answer")
	}
	return Version{
		Major: i.MajorVersion, Minor: i.MinorVersion, Build: i.BuildNumber,
		Server: i.ProductType > workstation,
		Arch:   nativeArch(),
	}, nil
}

const workstation = 1 // VER_NT_WORKSTATION

// nativeArch is empty before Windows 10 1709, which cannot be asked.
func nativeArch() string {
	var program, machine uint16
	if err := windows.IsWow64Process2(windows.CurrentProcess(), &program, &machine); err != nil {
		return ""
	}
	switch machine { // IMAGE_FILE_MACHINE_…, winnt.h
	case 0x014C:
		return "386"
	case 0x8664:
		return "amd64"
	case 0xAA64:
		return "arm64"
	}
	return ""
}

func nativeCodePage() int { return int(windows.GetACP()) }

var getSystemMetrics = windows.NewLazySystemDLL("user32.dll").NewProc("GetSystemMetrics")

const smRemoteSession = 0x1000

// nativeRemote follows "Detecting the Remote Desktop Services environment"
// (learn.microsoft.com): some remote sessions are told only by not being the
// one that the computer's own screen shows.
func nativeRemote() (bool, error) {
	if err := getSystemMetrics.Find(); err != nil {
		return false, fmt.Errorf("find GetSystemMetrics: %w", err)
	}
	if is, _, _ := getSystemMetrics.Call(smRemoteSession); is != 0 {
		return true, nil
	}
	var session uint32
	if err := windows.ProcessIdToSessionId(windows.GetCurrentProcessId(), &session); err != nil {
		return false, fmt.Errorf("ask for session: %w", err)
	}
	k, err := nativeRegistry().Open(Machine, `SYSTEM\CurrentControlSet\Control\Terminal Server`, View64)
	if err != nil {
		return false, err
	}
	defer k.Close()
	glass, err := k.Number("GlassSessionId")
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && uint64(session) != glass, err
}

package windows

var NativeProcesses = nativeProcesses

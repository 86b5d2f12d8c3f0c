package windows

var NativeFolder = nativeFolder

package pcsc

import "yomitori/platform"

// traits tells readers that are in the way, or are not for cards, from real
// ones, by parts of their names (facts/cards.md 6.2). Order matters.
var traits = []trait{
	{"Virtual PCD", platform.ReaderPlain}, // the virtual reader of vsmartcard stands for a real one
	{"Windows Hello for Business", platform.ReaderVirtual},
	{"Microsoft Virtual Smart Card", platform.ReaderVirtual},
	{"Microsoft UICC ISO Reader", platform.ReaderSIM},
	{"Microsoft IFD", platform.ReaderBuiltNFC},
	{"YubiKey", platform.ReaderToken},
	{"Virtual", platform.ReaderVirtual},
	{" SAM", platform.ReaderSAM},
	{"Generic EMV Smartcard Reader", platform.ReaderBuiltIn},
	{"Generic Usb Smart Card Reader", platform.ReaderBuiltIn},
	{"Alcor Micro AU9540", platform.ReaderBuiltIn},
	{"Broadcom Corp 58", platform.ReaderBuiltIn},
	{"Lenovo Integrated Smart Card Reader", platform.ReaderBuiltIn},
}

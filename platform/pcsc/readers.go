package pcsc

import "yomitori/platform"

// models tells what a reader is by a part of its name, whichever system prints
// it (facts/cards.md 6). The first row that fits wins, so what is narrow stands
// before what is wide. A reader that no row knows is a plain one.
var models = []model{
	// The virtual reader of vsmartcard stands for a real one.
	{part: "Virtual PCD", name: "Virtual PCD"},

	// What is no reader for a card that somebody could put in.
	{part: "Windows Hello for Business", class: platform.ReaderVirtual},
	{part: "Microsoft Virtual Smart Card", class: platform.ReaderVirtual},
	{part: "Microsoft UICC ISO Reader", class: platform.ReaderSIM},
	{part: "YubiKey", class: platform.ReaderToken},
	{part: " SAM ", class: platform.ReaderSAM},
	{part: "Virtual", class: platform.ReaderVirtual},
	{part: " VSC", class: platform.ReaderVirtual},

	// Built in.
	{part: "Microsoft IFD", class: platform.ReaderBuiltNFC, face: platform.InterfaceContactless},
	{part: "Generic EMV Smartcard Reader", class: platform.ReaderBuiltIn, face: platform.InterfaceContact},
	{part: "Generic Usb Smart Card Reader", class: platform.ReaderBuiltIn, face: platform.InterfaceContact},
	{part: "Alcor Micro AU9540", class: platform.ReaderBuiltIn, face: platform.InterfaceContact},
	{part: "Alcor Micro AU9560", class: platform.ReaderBuiltIn, face: platform.InterfaceContact},
	{part: "Broadcom Corp 58", class: platform.ReaderBuiltIn},
	{part: "Lenovo Integrated Smart Card Reader", class: platform.ReaderBuiltIn, face: platform.InterfaceContact},
	{part: "Panasonic USB Smart Card Reader", class: platform.ReaderBuiltIn, face: platform.InterfaceContact},
	{part: "Smartcard Reader D323", class: platform.ReaderBuiltIn, face: platform.InterfaceContact},

	// Sold in Japan.
	{part: "PaSoRi 3.0", name: "Sony RC-S380", face: platform.InterfaceContactless, traps: traps{platform.TrapVendorDriver}},
	{part: "PaSoRi 4.0", name: "Sony RC-S300", face: platform.InterfaceContactless},
	{part: "FeliCa RC-S300", name: "Sony RC-S300", face: platform.InterfaceContactless},
	{part: "RC-S660", name: "Sony RC-S660", face: platform.InterfaceContactless},
	{part: "ACR122", name: "ACS ACR122U", face: platform.InterfaceContactless, traps: traps{platform.TrapShortAPDU}},
	{part: "ACR1251 CL", name: "ACS ACR1251", face: platform.InterfaceContactless},
	{part: "SCR3310-NTTCom", name: "NTT Com SCR3310", face: platform.InterfaceContact, traps: traps{platform.TrapShortAPDU}},
	{part: "SCR 3310", name: "Identiv SCR3310", face: platform.InterfaceContact},
	{part: "SCR3310", name: "Identiv SCR3310", face: platform.InterfaceContact},
	{part: "ACR39U", name: "ACS ACR39U", face: platform.InterfaceContact, traps: traps{platform.TrapShortAPDU}},
	{part: "M-500U/M-520U", name: "Hitachi/Maxell M-520U", face: platform.InterfaceContact},
	{part: "uTrust 3700 F", name: "Identiv uTrust 3700 F", face: platform.InterfaceContactless},
	{part: "2700 R", name: "Identiv uTrust 2700 R", face: platform.InterfaceContact},
	{part: "CIR115", name: "Circle CIR115", face: platform.InterfaceContact},
	{part: "CIR125", name: "Circle CIR125", face: platform.InterfaceContact},
	{part: "CIR135", name: "Circle CIR135", face: platform.InterfaceContact},
	{part: "ACR39-NTTCom", name: "NTT Com ACR39", face: platform.InterfaceContact, traps: traps{platform.TrapShortAPDU}},
	{part: "PC Twin Reader", name: "Thales IDBridge CT30", face: platform.InterfaceContact},
	{part: "MFP Smart Card Reader", name: "HP MFP Smart Card Reader", face: platform.InterfaceContact},

	// What the name of any reader may say of its slot.
	{part: " PICC", face: platform.InterfaceContactless},
	{part: " CL ", face: platform.InterfaceContactless},
	{part: " ICC", face: platform.InterfaceContact},
}

type traps = []platform.ReaderTrap

// model is what a part of a reader's name tells.
type model struct {
	part  string
	name  string // the model as it is sold, or ""
	class platform.ReaderClass
	face  platform.ReaderInterface
	traps traps
}

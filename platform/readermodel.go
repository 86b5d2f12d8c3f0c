package platform

import "strings"

// readerModels tells what a reader is by a part of its name, whichever system prints
// it (facts/cards.md 6). The first row that fits wins, so what is narrow stands
// before what is wide. A reader that no row knows is a plain one.
var readerModels = []ReaderModel{
	// The virtual reader of vsmartcard stands for a real one.
	{Part: "Virtual PCD", Name: "Virtual PCD"},

	// What is no reader for a card that somebody could put in.
	{Part: "Windows Hello for Business", Class: ReaderVirtual},
	{Part: "Microsoft Virtual Smart Card", Class: ReaderVirtual},
	{Part: "Microsoft UICC ISO Reader", Class: ReaderSIM},
	// Keys with a card inside: facts/cards.md 6, and the readers of libccid.
	{Part: "YubiKey", Class: ReaderToken},
	{Part: "eToken", Class: ReaderToken},
	{Part: "Nitrokey", Class: ReaderToken},
	{Part: "JaCarta", Class: ReaderToken},
	{Part: "Rutoken ECP", Class: ReaderToken},
	{Part: "Rutoken Lite", Class: ReaderToken},
	{Part: " SAM ", Class: ReaderSAM},
	{Part: "Virtual", Class: ReaderVirtual},
	{Part: " VSC", Class: ReaderVirtual},

	// Built in.
	{Part: "Microsoft IFD", Class: ReaderBuiltNFC, Interface: InterfaceContactless},
	{Part: "Generic EMV Smartcard Reader", Class: ReaderBuiltIn, Interface: InterfaceContact},
	{Part: "Generic Usb Smart Card Reader", Class: ReaderBuiltIn, Interface: InterfaceContact},
	{Part: "Alcor Micro AU9540", Class: ReaderBuiltIn, Interface: InterfaceContact},
	{Part: "Alcor Micro AU9560", Class: ReaderBuiltIn, Interface: InterfaceContact},
	{Part: "Broadcom Corp 58", Class: ReaderBuiltIn},
	{Part: "Lenovo Integrated Smart Card Reader", Class: ReaderBuiltIn, Interface: InterfaceContact},
	{Part: "Panasonic USB Smart Card Reader", Class: ReaderBuiltIn, Interface: InterfaceContact},
	{Part: "Smartcard Reader D323", Class: ReaderBuiltIn, Interface: InterfaceContact},

	// Sold in Japan.
	{Part: "PaSoRi 3.0", Name: "Sony RC-S380", Interface: InterfaceContactless, Traps: traps{TrapVendorDriver}},
	{Part: "PaSoRi 4.0", Name: "Sony RC-S300", Interface: InterfaceContactless},
	{Part: "FeliCa RC-S300", Name: "Sony RC-S300", Interface: InterfaceContactless},
	{Part: "RC-S660", Name: "Sony RC-S660", Interface: InterfaceContactless},
	{Part: "ACR122", Name: "ACS ACR122U", Interface: InterfaceContactless, Traps: traps{TrapShortAPDU}},
	{Part: "ACR1251 CL", Name: "ACS ACR1251", Interface: InterfaceContactless},
	{Part: "SCR3310-NTTCom", Name: "NTT Com SCR3310", Interface: InterfaceContact, Traps: traps{TrapShortAPDU}},
	{Part: "SCR 3310", Name: "Identiv SCR3310", Interface: InterfaceContact},
	{Part: "SCR3310", Name: "Identiv SCR3310", Interface: InterfaceContact},
	{Part: "ACR39U", Name: "ACS ACR39U", Interface: InterfaceContact, Traps: traps{TrapShortAPDU}},
	{Part: "M-500U/M-520U", Name: "Hitachi/Maxell M-520U", Interface: InterfaceContact},
	{Part: "uTrust 3700 F", Name: "Identiv uTrust 3700 F", Interface: InterfaceContactless},
	{Part: "2700 R", Name: "Identiv uTrust 2700 R", Interface: InterfaceContact},
	{Part: "CIR115", Name: "Circle CIR115", Interface: InterfaceContact},
	{Part: "CIR125", Name: "Circle CIR125", Interface: InterfaceContact},
	{Part: "CIR135", Name: "Circle CIR135", Interface: InterfaceContact},
	{Part: "ACR39-NTTCom", Name: "NTT Com ACR39", Interface: InterfaceContact, Traps: traps{TrapShortAPDU}},
	{Part: "PC Twin Reader", Name: "Thales IDBridge CT30", Interface: InterfaceContact},
	{Part: "MFP Smart Card Reader", Name: "HP MFP Smart Card Reader", Interface: InterfaceContact},

	// What the name of any reader may say of its slot.
	{Part: " PICC", Interface: InterfaceContactless},
	{Part: " CL ", Interface: InterfaceContactless},
	{Part: " ICC", Interface: InterfaceContact},
}

type traps = []ReaderTrap

// ReaderModel is what a part of a reader's name tells.
type ReaderModel struct {
	Part      string
	Name      string // the model as it is sold, or ""
	Class     ReaderClass
	Interface ReaderInterface
	Traps     []ReaderTrap
}

var brackets = strings.NewReplacer("[", " ", "]", " ", "(", " ", ")", " ")

// ReaderModelOf finds a reader in the table by its name.
func ReaderModelOf(name string) ReaderModel {
	// Brackets part words as spaces do: "[CIR315 SAM]".
	folded := strings.ToLower(brackets.Replace(name)) + " "
	for _, m := range readerModels {
		if strings.Contains(folded, strings.ToLower(m.Part)) {
			return m
		}
	}
	return ReaderModel{}
}

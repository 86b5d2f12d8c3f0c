package windows_test

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"unicode/utf16"
)

// program makes the smallest file that counts as a Windows program, for a
// kind of machine and with a version resource: "3.9.0.1" is 3, 9, 0, 1.
func program(machine uint16, version ...uint16) []byte {
	const at, address = 0x400, 0x1000 // of the resources, in the file and in memory
	resources := versionResource(address, version)
	section := pe.SectionHeader32{
		VirtualSize: uint32(len(resources)), VirtualAddress: address,
		SizeOfRawData: uint32(len(resources)), PointerToRawData: at,
	}
	copy(section.Name[:], ".rsrc")
	directory := pe.DataDirectory{VirtualAddress: address, Size: uint32(len(resources))}

	var optional any
	if machine == pe.IMAGE_FILE_MACHINE_I386 {
		o := pe.OptionalHeader32{Magic: 0x10b, NumberOfRvaAndSizes: 16}
		o.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_RESOURCE] = directory
		optional = o
	} else {
		o := pe.OptionalHeader64{Magic: 0x20b, NumberOfRvaAndSizes: 16}
		o.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_RESOURCE] = directory
		optional = o
	}
	b := make([]byte, 64)
	copy(b, "MZ")
	b[60] = 64
	b = append(b, "PE\x00\x00"...)
	b = little(b, pe.FileHeader{Machine: machine, NumberOfSections: 1, SizeOfOptionalHeader: uint16(binary.Size(optional)), Characteristics: pe.IMAGE_FILE_EXECUTABLE_IMAGE})
	b = little(little(b, optional), section)
	return append(append(b, make([]byte, at-len(b))...), resources...)
}

// versionResource makes a section of resources with a manifest, which comes
// first, and a version.
func versionResource(address uint32, v []uint16) []byte {
	if len(v) != 4 {
		v = make([]uint16, 4)
	}
	type directory struct {
		_          [12]byte
		Named, IDs uint16
	}
	type entry struct{ ID, To uint32 }
	const below = 1 << 31
	var b []byte
	b = little(b, directory{IDs: 2}) // types
	b = little(b, []entry{{10, 80}, {16, below | 32}})
	b = little(b, directory{IDs: 1}) // names, at 32
	b = little(b, entry{1, below | 56})
	b = little(b, directory{IDs: 1}) // languages, at 56
	b = little(b, entry{0x411, 80})
	b = little(b, [4]uint32{address + 96, 40 + 52}) // data, at 80

	key := utf16.Encode([]rune("VS_VERSION_INFO\x00"))
	b = little(b, [3]uint16{40 + 52, 52, 0}) // at 96
	b = little(b, key)
	b = append(b, 0, 0)
	b = little(b, []uint32{0xFEEF04BD, 0x10000, uint32(v[0])<<16 | uint32(v[1]), uint32(v[2])<<16 | uint32(v[3])})
	return append(b, make([]byte, 52-16)...)
}

func little(b []byte, v any) []byte {
	w := bytes.NewBuffer(b)
	if err := binary.Write(w, binary.LittleEndian, v); err != nil {
		panic(err)
	}
	return w.Bytes()
}

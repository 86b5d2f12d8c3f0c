package windows

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// File is what the header of a program file tells.
type File struct {
	Version string // "3.9.0.1", from the version resource
	Arch    string // GOARCH names
}

// errNotProgram is the error of a file that Windows could not run or load.
var errNotProgram = errors.New("not a Windows program")

// errElsewhere is the error of a path that is not one on a drive of this
// computer. A share is not opened, nor a drive that is one: a diagnosis makes
// no connection.
var errElsewhere = errors.New("not a path on a drive of this computer")

// How much of a program file is believed.
const (
	mostSections      = 96      // the loader takes no more
	mostResources     = 4096    // entries of one directory
	longestVersion    = 1 << 16 // bytes of a version resource
	longestUnseekable = 64 << 20
)

// file reads the header of a program or library, at its full path. A file that
// is not there wraps fs.ErrNotExist, one that cannot run errNotProgram.
func (c *Computer) file(name string) (File, error) {
	folder, base, err := c.onDrive(name)
	if err != nil {
		return File{}, fmt.Errorf("read program: %w", err)
	}
	f, err := c.o.Files(folder).Open(base)
	if err != nil {
		return File{}, fmt.Errorf("read program: %w", err)
	}
	defer f.Close()
	r, size, err := seekable(f)
	if err != nil {
		return File{}, fmt.Errorf("read program: %w", err)
	}
	file, err := readProgram(r, size)
	if err != nil {
		return File{}, fmt.Errorf("read program %s: %w", base, err)
	}
	return file, nil
}

// splitFile splits the full path of a file into its folder and its name, on
// every system by the rules of Windows.
func splitFile(name string) (folder, base string, err error) {
	p := slashed(name)
	if len(p) < 4 || p[1:3] != ":/" {
		return "", "", fmt.Errorf("split %q: %w", name, errElsewhere)
	}
	dir, base := path.Split(p[2:])
	if base == "" {
		return "", "", fmt.Errorf("split %q: %w", name, errElsewhere)
	}
	if dir != "/" {
		dir = strings.TrimSuffix(dir, "/")
	}
	return strings.ReplaceAll(p[:2]+dir, "/", `\`), base, nil
}

// onDrive is splitFile for a file that may be opened.
func (c *Computer) onDrive(name string) (folder, base string, err error) {
	folder, base, err = splitFile(name)
	if err == nil && c.o.Native.RemoteDrive != nil && c.o.Native.RemoteDrive(folder[:2]) {
		return "", "", fmt.Errorf("split %q: %w", name, errElsewhere)
	}
	return folder, base, err
}

// joinPath puts names below a folder.
func joinPath(folder string, names ...string) string {
	return strings.TrimRight(folder, `\/`) + `\` + strings.Join(names, `\`)
}

// seekable gives access to all bytes of an open file.
func seekable(f fs.File) (io.ReaderAt, int64, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	if info.IsDir() {
		return nil, 0, fmt.Errorf("a folder: %w", errNotProgram)
	}
	if r, ok := f.(io.ReaderAt); ok {
		return r, info.Size(), nil
	}
	all, err := io.ReadAll(io.LimitReader(f, longestUnseekable))
	return bytes.NewReader(all), int64(len(all)), err
}

// program is an open program file. debug/pe lends its structures only: its
// NewFile also reads the symbol table, which may be as long as the file.
type program struct {
	io.ReaderAt
	size      int64
	sections  []pe.SectionHeader32
	resources pe.DataDirectory
}

// readProgram reads the headers of a program file of the given size.
func readProgram(r io.ReaderAt, size int64) (File, error) {
	p := program{ReaderAt: r, size: size}
	machine, err := p.headers()
	if err != nil {
		return File{}, err
	}
	for _, s := range p.sections {
		if int64(s.PointerToRawData)+int64(needed(s)) > size {
			return File{}, fmt.Errorf("cut off: %w", errNotProgram)
		}
	}
	f := File{Version: p.version()}
	switch machine {
	case pe.IMAGE_FILE_MACHINE_I386:
		f.Arch = "386"
	case pe.IMAGE_FILE_MACHINE_AMD64:
		f.Arch = "amd64"
	case pe.IMAGE_FILE_MACHINE_ARM64:
		f.Arch = "arm64"
	}
	return f, nil
}

// headers fills in sections and resources, and returns the kind of machine.
func (p *program) headers() (uint16, error) {
	var dos struct {
		Magic [2]byte
		_     [58]byte
		PE    uint32
	}
	var nt struct {
		Magic [4]byte
		pe.FileHeader
	}
	if err := p.read(0, &dos); err != nil {
		return 0, err
	}
	at := int64(dos.PE)
	if err := p.read(at, &nt); err != nil {
		return 0, err
	}
	if string(dos.Magic[:]) != "MZ" || string(nt.Magic[:]) != "PE\x00\x00" || nt.NumberOfSections > mostSections {
		return 0, errNotProgram
	}
	at += int64(binary.Size(nt))
	if err := p.directories(at, int64(nt.SizeOfOptionalHeader)); err != nil {
		return 0, err
	}
	p.sections = make([]pe.SectionHeader32, nt.NumberOfSections)
	return nt.Machine, p.read(at+int64(nt.SizeOfOptionalHeader), p.sections)
}

// directories finds the resources through the optional header, whose length
// is given.
func (p *program) directories(at, length int64) error {
	var magic uint16
	if err := p.read(at, &magic); err != nil {
		return err
	}
	var count uint32
	var fixed int64 // bytes before the directories
	switch magic {
	case 0x10b: // PE32
		fixed = 96
	case 0x20b: // PE32+
		fixed = 112
	default:
		return errNotProgram
	}
	if err := p.read(at+fixed-4, &count); err != nil {
		return err
	}
	entry := fixed + pe.IMAGE_DIRECTORY_ENTRY_RESOURCE*8
	if count <= pe.IMAGE_DIRECTORY_ENTRY_RESOURCE || entry+8 > length {
		return nil // a program without resources
	}
	return p.read(at+entry, &p.resources)
}

// version reads the file version from the version resource, "" without one.
// The tree of resources has exactly three levels: type, name, language.
func (p *program) version() string {
	root, ok := p.offset(p.resources.VirtualAddress)
	if !ok {
		return ""
	}
	const rtVersion, directory = 16, 1 << 31
	at, isDirectory := uint32(0), true
	for level := range 3 {
		if !isDirectory {
			return ""
		}
		at, ok = p.entry(root+int64(at), level == 0, rtVersion)
		if !ok {
			return ""
		}
		isDirectory = at&directory != 0
		at &^= directory
	}
	var data struct{ Address, Size, CodePage, _ uint32 }
	if isDirectory || p.read(root+int64(at), &data) != nil || data.Size > longestVersion {
		return ""
	}
	return p.fixedVersion(data.Address, data.Size)
}

// entry looks into a directory of resources for the entry with an id, or for
// the first one, and returns where it leads.
func (p *program) entry(at int64, byID bool, id uint32) (uint32, bool) {
	var dir struct {
		_          [12]byte
		Named, IDs uint16
	}
	if p.read(at, &dir) != nil {
		return 0, false
	}
	entries := make([]struct{ ID, To uint32 }, min(int(dir.Named)+int(dir.IDs), mostResources))
	if p.read(at+int64(binary.Size(dir)), entries) != nil {
		return 0, false
	}
	for _, e := range entries {
		if !byID || e.ID == id {
			return e.To, true
		}
	}
	return 0, false
}

// fixedVersion reads VS_FIXEDFILEINFO out of a VS_VERSIONINFO, where it follows
// three words and the key "VS_VERSION_INFO", aligned to four bytes.
func (p *program) fixedVersion(address, size uint32) string {
	at, ok := p.offset(address)
	if !ok || size < 40+16 {
		return ""
	}
	var v struct{ Signature, Struct, High, Low uint32 }
	if p.read(at+40, &v) != nil || v.Signature != 0xFEEF04BD || v.High|v.Low == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%d.%d.%d", v.High>>16, v.High&0xffff, v.Low>>16, v.Low&0xffff)
}

// offset tells where in the file an address of the loaded program is kept.
func (p *program) offset(address uint32) (int64, bool) {
	for _, s := range p.sections {
		if address >= s.VirtualAddress && address-s.VirtualAddress < s.SizeOfRawData {
			return int64(s.PointerToRawData) + int64(address-s.VirtualAddress), true
		}
	}
	return 0, false
}

// needed is how many bytes of a section the file must hold. What rounds a
// section up to a whole block may be missing.
func needed(s pe.SectionHeader32) uint32 {
	if s.VirtualSize == 0 {
		return s.SizeOfRawData
	}
	return min(s.VirtualSize, s.SizeOfRawData)
}

// read fills v from the bytes at an offset. A file that ends before is not a
// program; other errors are those of reading.
func (p *program) read(at int64, v any) error {
	n := int64(binary.Size(v))
	if at < 0 || n > p.size-at {
		return errNotProgram
	}
	err := binary.Read(io.NewSectionReader(p, at, n), binary.LittleEndian, v)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errNotProgram
	}
	return err
}

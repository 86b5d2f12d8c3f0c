package macos

import (
	"bytes"
	"debug/macho"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// archUniversal is a program with code for Intel and for Apple silicon.
const archUniversal = "universal"

var errNotProgram = errors.New("not a program of macOS")

const (
	// maxHeader holds the list of architectures of any program.
	maxHeader = 4 << 10
	// magicFat64 begins a list whose offsets have 64 bits (loader.h).
	magicFat64 = macho.MagicFat + 1
	// maxArchs tells a list of architectures from a Java class, which begins
	// alike and has its version number, 45 at least, where the count stands.
	maxArchs = 20
)

// programArch tells which machines a program or library has code for: "amd64",
// "arm64", "universal" for both, or "" for others. A script has none and is no
// error.
func (c *Computer) programArch(full string) (string, error) {
	raw, err := c.head(full, maxHeader)
	if err != nil {
		return "", fmt.Errorf("read program: %w", err)
	}
	if bytes.HasPrefix(raw, []byte("#!")) {
		return "", nil
	}
	return machoArch(raw)
}

// machoArch reads the headers as package debug/macho describes them. What
// comes after them need not be believed to know the architectures.
func machoArch(raw []byte) (string, error) {
	cpus, err := machoCPUs(raw)
	if err != nil {
		return "", err
	}
	intel, arm := slices.Contains(cpus, macho.CpuAmd64), slices.Contains(cpus, macho.CpuArm64)
	switch {
	case intel && arm:
		return archUniversal, nil
	case intel:
		return "amd64", nil
	case arm:
		return "arm64", nil
	case slices.Contains(cpus, macho.Cpu386):
		return "386", nil
	}
	return "", nil
}

func machoCPUs(raw []byte) ([]macho.Cpu, error) {
	if len(raw) < 8 {
		return nil, errNotProgram
	}
	big, little := binary.BigEndian.Uint32(raw), binary.LittleEndian.Uint32(raw)
	switch {
	case little == macho.Magic64, little == macho.Magic32:
		return []macho.Cpu{macho.Cpu(binary.LittleEndian.Uint32(raw[4:]))}, nil
	case big != macho.MagicFat && big != magicFat64:
		return nil, errNotProgram
	}
	count, size := int(binary.BigEndian.Uint32(raw[4:])), 20
	if big == magicFat64 {
		size = 32
	}
	if count < 1 || count > maxArchs || len(raw) < 8+count*size {
		return nil, errNotProgram
	}
	var cpus []macho.Cpu
	for i := range count {
		cpus = append(cpus, macho.Cpu(binary.BigEndian.Uint32(raw[8+i*size:])))
	}
	return cpus, nil
}

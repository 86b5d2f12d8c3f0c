package windows

import (
	"encoding/binary"
	"slices"
	"unicode/utf16"

	"yomitori/platform"
)

// maxTexts is how many strings of a list are believed.
const maxTexts = 32

// wideTexts reads the strings in a REG_SZ or REG_MULTI_SZ: UTF-16, each ended
// by a zero, or by the end of what is there.
func wideTexts(raw []byte) []string {
	var texts []string
	var units []uint16
	add := func() {
		if text := platform.Printable(string(utf16.Decode(units)), platform.LongestText); text != "" {
			texts = append(texts, text)
		}
		units = units[:0]
	}
	for ; len(raw) >= 2 && len(texts) < maxTexts; raw = raw[2:] {
		if unit := binary.LittleEndian.Uint16(raw); unit != 0 {
			units = append(units, unit)
		} else {
			add()
		}
	}
	if len(texts) < maxTexts {
		add()
	}
	return texts
}

// wideText reads one string, which ends like those of a list.
func wideText(raw []byte) string {
	for i := 0; i+1 < len(raw); i += 2 {
		if raw[i] == 0 && raw[i+1] == 0 {
			raw = raw[:i]
			break
		}
	}
	if texts := wideTexts(raw); len(texts) > 0 {
		return texts[0]
	}
	return ""
}

// multiText parts a list of strings, each ended by a zero, where an empty one
// ends the list.
func multiText(units []uint16) [][]uint16 {
	var list [][]uint16
	for len(units) > 0 && units[0] != 0 {
		end := slices.Index(units, 0)
		if end < 0 {
			end = len(units)
		}
		list = append(list, units[:end])
		units = units[min(end+1, len(units)):]
	}
	return list
}

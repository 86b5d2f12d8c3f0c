package journal

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"

	"yomitori/platform"
)

// What is read at most, whatever lies in the folder.
const (
	mostEntries = 1000
	mostBytes   = 1 << 20 // of an entry
)

// lines is the file of an entry's records, kept the folder below which each
// change has its own.
const (
	lines = "entry.jsonl"
	kept  = "kept"
)

// idForm is that of an entry's id, the name of its folder: time, repair, and a
// number where that alone is not unique. No system objects to such a name, and it
// leads nowhere else.
var idForm = regexp.MustCompile(`^[0-9]{8}T[0-9]{6}Z-[a-z]+(-[a-z]+)*(-[0-9]{1,4})?$`)

var (
	errNoID     = errors.New("not the id of an entry")
	errTooLarge = errors.New("larger than any entry")
	errNoFile   = errors.New("not a file")
)

func isID(name string) bool { return len(name) <= 100 && idForm.MatchString(name) }

// ids lists the newest entries by name, the newest first.
func (j *Journal) ids() ([]string, error) {
	found, err := os.ReadDir(j.folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range slices.Backward(found) {
		if f.IsDir() && isID(f.Name()) && len(ids) < mostEntries {
			ids = append(ids, f.Name())
		}
	}
	return ids, nil
}

// stored is an entry as it stands on the disk.
type stored struct {
	Entry
	whole int // bytes of whole lines
}

// read reads an entry. One that was killed before its first record was whole is
// empty, and no error.
func (j *Journal) read(id string) (stored, error) {
	raw, err := readAtMost(j.path(id, lines), mostBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return stored{}, nil
	}
	if err != nil {
		return stored{}, fmt.Errorf("read entry %s: %w", id, err)
	}
	e, whole, err := replay(raw)
	if err != nil {
		return stored{}, fmt.Errorf("read entry %s: %w", id, err)
	}
	e.ID = id
	return stored{e, whole}, nil
}

// readAtMost reads a file, unless it is none or too large. A pipe would be waited
// for when it is opened.
func readAtMost(path string, most int64) ([]byte, error) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errNoFile
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(raw)) > most {
		err = errTooLarge
	}
	return raw, err
}

// joined is the error of entries that could not be read, of the first few by name.
func joined(broken []error) error {
	if len(broken) > 5 {
		broken = append(broken[:5:5], fmt.Errorf("and %d entries more", len(broken)-5))
	}
	return errors.Join(broken...)
}

// reopen opens an entry to go on with it.
func (j *Journal) reopen(id string) (*writer, error) {
	e, err := j.read(id)
	switch {
	case errors.Is(err, errDamaged), errors.Is(err, errTooLarge), errors.Is(err, errNoFile):
		return nil, platform.CannotRepair(platform.RepairDamaged, id, err)
	case err != nil:
		return nil, cannotWrite(err)
	case !e.begun():
		return nil, platform.CannotRepair(platform.RepairGone, id, nil)
	}
	f, err := j.disk.Append(j.path(id, lines), int64(e.whole))
	if err != nil {
		return nil, cannotWrite(fmt.Errorf("open entry: %w", err))
	}
	return &writer{journal: j, file: f, entry: e.Entry, size: e.whole}, nil
}

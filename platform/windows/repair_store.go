package windows

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"yomitori/platform"
	"yomitori/platform/certificates"
)

// keptCertificate is the file with a certificate that was deleted.
const keptCertificate = "certificate"

// planCertificate finds the certificate that the snapshot tells of in the user's
// own store, as that is now.
func (c *Computer) planCertificate(p *platform.RepairPlan, s platform.Snapshot) error {
	holders, n := s.Store.Holders(), p.Repair.Number()
	if n > len(holders) {
		return platform.CannotRepair(platform.RepairGone, p.Repair.Target(), nil)
	}
	wanted := s.Store.List[holders[n-1]]
	stored, err := c.findCertificate(wanted)
	if err != nil {
		return err
	}
	wanted.HasKey = stored.HasKey
	if why := wanted.WhyKept(s.Cards, c.o.Now()); why != "" {
		return platform.CannotRepair(why, p.Repair.Target(), nil)
	}
	digest := sha256.Sum256(stored.DER)
	p.Changes = []platform.Change{{
		Kind: platform.ChangeCertificate, Undoable: true,
		Issuer: wanted.Issuer, NotBefore: wanted.NotBefore, NotAfter: wanted.NotAfter, SHA256: hex.EncodeToString(digest[:]),
	}}
	return nil
}

// findCertificate finds a certificate by issuer and serial number.
func (c *Computer) findCertificate(wanted platform.StoreCertificate) (found StoredCertificate, err error) {
	if c.o.Native.Certificates == nil {
		return found, unsupported("read certificate store")
	}
	list, err := c.o.Native.Certificates(platform.StoreMy)
	if err != nil {
		return found, fmt.Errorf("read certificate store: %w", err)
	}
	times := 0
	for _, stored := range list {
		o, ok := certificates.Describe(platform.StoreMy, stored.DER)
		if ok && o.Issuer == wanted.Issuer && o.Serial == wanted.Serial {
			found, times = stored, times+1
		}
	}
	switch times {
	case 0:
		return found, platform.CannotRepair(platform.RepairGone, "", nil)
	case 1:
		return found, nil
	}
	// No issuer gives a number twice: one of them is forged.
	return found, platform.CannotRepair(platform.RepairDamaged, "", errors.New("two certificates of one issuer and serial number"))
}

func digestOf(change platform.Change) (digest [32]byte, err error) {
	raw, err := hex.DecodeString(change.SHA256)
	if err != nil || copy(digest[:], raw) != len(digest) || len(raw) != len(digest) {
		return digest, fmt.Errorf("read SHA-256 %q: no digest", change.SHA256)
	}
	return digest, nil
}

// deleteCertificate keeps the certificate with its properties, and deletes it.
func (c *Computer) deleteCertificate(change platform.Change, kept string) error {
	native := c.o.Native
	if native.PackCertificate == nil || native.DeleteCertificate == nil {
		return unsupported("delete certificate")
	}
	digest, err := digestOf(change)
	if err != nil {
		return err
	}
	packed, err := native.PackCertificate(digest)
	if errors.Is(err, fs.ErrNotExist) && exists(filepath.Join(kept, keptCertificate)) {
		return nil // it was deleted before
	}
	if err != nil {
		return fmt.Errorf("copy certificate: %w", err)
	}
	if err := isPacked(packed, digest); err != nil {
		return err
	}
	if err := keep(kept, keptCertificate, packed); err != nil {
		return err
	}
	if err := native.DeleteCertificate(digest); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete certificate: %w", err)
	}
	return nil
}

// bringCertificateBack adds the certificate again. Without a kept one nothing was
// deleted.
func (c *Computer) bringCertificateBack(change platform.Change, kept string) error {
	native := c.o.Native
	if native.PackCertificate == nil || native.AddCertificate == nil {
		return unsupported("add certificate")
	}
	digest, err := digestOf(change)
	if err != nil {
		return err
	}
	if _, err := native.PackCertificate(digest); !errors.Is(err, fs.ErrNotExist) {
		return err // it is there, or nobody knows
	}
	packed, err := os.ReadFile(filepath.Join(kept, keptCertificate))
	if errors.Is(err, fs.ErrNotExist) {
		return platform.CannotRepair(platform.RepairNotUndoable, "", err)
	}
	if err != nil {
		return fmt.Errorf("read kept certificate: %w", err)
	}
	if err := isPacked(packed, digest); err != nil {
		return err
	}
	if err := native.AddCertificate(packed); err != nil {
		return fmt.Errorf("add certificate: %w", err)
	}
	return nil
}

// certificateItself is CERT_CERT_PROP_ID.
const certificateItself = 32

var errNotPacked = errors.New("read packed certificate: not the one that was deleted")

// isPacked checks that what was packed is one certificate. It is a list of
// properties, each of which is its id, the number 1, a length and as many bytes;
// the last one is the certificate itself ([MS-OSHARED] "serialized certificate").
func isPacked(packed []byte, digest [32]byte) error {
	for rest := packed; len(rest) >= 12; {
		id, one, size := binary.LittleEndian.Uint32(rest), binary.LittleEndian.Uint32(rest[4:]), binary.LittleEndian.Uint32(rest[8:])
		if rest = rest[12:]; one != 1 || uint64(size) > uint64(len(rest)) {
			break
		}
		if id == certificateItself && sha256.Sum256(rest[:size]) == digest {
			return nil
		}
		rest = rest[size:]
	}
	return platform.CannotRepair(platform.RepairDamaged, "", errNotPacked)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// keep writes a file that only this user may read, whole and to the disk.
func keep(folder, name string, raw []byte) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	path := filepath.Join(folder, name)
	f, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("keep %s: %w", name, err)
	}
	_, err = f.Write(raw)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return fmt.Errorf("keep %s: %w", name, err)
	}
	return nil
}

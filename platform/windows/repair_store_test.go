package windows_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/card/cardtest"
	"yomitori/platform/windows"
)

// pack packs a certificate as Windows does: with a property, and itself last.
func pack(der []byte) []byte {
	var b []byte
	for _, p := range []struct {
		id  uint32
		raw []byte
	}{{11, []byte("名\x00")}, {32, der}} {
		b = little(b, []uint32{p.id, 1, uint32(len(p.raw))})
		b = append(b, p.raw...)
	}
	return b
}

// myStore plays the user's own store.
type myStore struct {
	list  [][]byte
	added [][]byte
	fails error // what deleting is answered with
	keys  bool  // every certificate has one
}

func (m *myStore) find(digest [32]byte) int {
	return slices.IndexFunc(m.list, func(der []byte) bool { return sha256.Sum256(der) == digest })
}

func (m *myStore) native() *windows.Native {
	return &windows.Native{
		Certificates: func(name platform.StoreName) ([]windows.StoredCertificate, error) {
			var list []windows.StoredCertificate
			for _, der := range m.list {
				if name == platform.StoreMy {
					list = append(list, windows.StoredCertificate{DER: der, HasKey: m.keys})
				}
			}
			return list, nil
		},
		Actions: windows.Actions{
			PackCertificate: func(digest [32]byte) ([]byte, error) {
				if i := m.find(digest); i >= 0 {
					return pack(m.list[i]), nil
				}
				return nil, fs.ErrNotExist
			},
			DeleteCertificate: func(digest [32]byte) error {
				i := m.find(digest)
				if m.fails != nil {
					return m.fails
				}
				if i < 0 {
					return fs.ErrNotExist
				}
				m.list = slices.Delete(slices.Clone(m.list), i, i+1)
				return nil
			},
			AddCertificate: func(packed []byte) error {
				m.added = append(m.added, packed)
				return nil
			},
		},
	}
}

// twoCards are the certificates of two cards in the user's own store, with what
// a snapshot says of them.
func twoCards(t *testing.T) (*myStore, windows.Options, platform.Snapshot) {
	t.Helper()
	jpki, hpki := cardtest.MyNumber(cardtest.Options{}), cardtest.HPKI(cardtest.HPKIOptions{})
	m := &myStore{list: [][]byte{hpki.Auth.Certificate.Raw, jpki.Certificate.Raw}}
	o := options(newRegFile(t), nil)
	o.Native = m.native()
	return m, o, platform.Snapshot{
		Store: windows.New(o).Look(t.Context(), platform.AreaStore).Store,
		Cards: platform.Cards{Look: platform.Seen()},
	}
}

// ordinal is the number of the certificate of a software among the holders.
func ordinal(t *testing.T, s platform.Store, of platform.Software) int {
	t.Helper()
	i := slices.IndexFunc(s.Holders(), func(i int) bool { return s.List[i].Software == of })
	if i < 0 {
		t.Fatalf("no certificate of %s: %+v", of, s.List)
	}
	return i + 1
}

func TestDeleteCertificate(t *testing.T) {
	m, o, s := twoCards(t)
	n := ordinal(t, s.Store, platform.SoftwareJPKI)
	jpki, hpki := m.list[1], m.list[0]
	digest := sha256.Sum256(jpki)
	facts := s.Store.List[s.Store.Holders()[n-1]]
	p := planned(t, o, platform.DeleteCertificate(n), s)
	want := []platform.Change{{
		Kind: platform.ChangeCertificate, Undoable: true, Issuer: facts.Issuer, NotBefore: facts.NotBefore, NotAfter: facts.NotAfter, SHA256: hex.EncodeToString(digest[:]),
	}}
	if d := cmp.Diff(want, p.Changes, sameRepair); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	kept, c := filepath.Join(t.TempDir(), "kept"), windows.New(o)
	for range 2 { // the second time, after a kill
		if _, err := c.MakeChange(t.Context(), p.Changes[0], kept); err != nil {
			t.Fatal(err)
		}
		if len(m.list) != 1 || !bytes.Equal(m.list[0], hpki) {
			t.Fatalf("%d certificates are left", len(m.list))
		}
	}
	if names, err := filepath.Glob(filepath.Join(kept, "*")); err != nil || len(names) != 1 {
		t.Errorf("kept: %v, %v", names, err)
	}
	info, err := os.Stat(filepath.Join(kept, "certificate"))
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("kept: %v, %v", info, err)
	}
	wantWhy(t, c.TakeBack(t.Context(), p.Changes[0], kept), "")
	if len(m.added) != 1 || !bytes.Equal(m.added[0], pack(jpki)) {
		t.Errorf("added %x", m.added)
	}
	m.list = append(m.list, jpki)
	wantWhy(t, c.TakeBack(t.Context(), p.Changes[0], kept), "")
	if len(m.added) != 1 {
		t.Error("added again what is there")
	}
}

func TestDeleteCertificateIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(m *myStore, s *platform.Snapshot, wanted platform.StoreCertificate)
		why   platform.RepairWhy
	}{
		{"no such one", func(_ *myStore, s *platform.Snapshot, _ platform.StoreCertificate) { s.Store.List = nil }, platform.RepairGone},
		{"it is gone", func(m *myStore, _ *platform.Snapshot, _ platform.StoreCertificate) { m.list = nil }, platform.RepairGone},
		{"its card is in a reader", func(_ *myStore, s *platform.Snapshot, wanted platform.StoreCertificate) {
			s.Cards.List = []platform.Card{{Look: platform.Seen(), Kind: platform.KindMyNumber, Certificates: []platform.Certificate{{State: platform.CertRead, Issuer: wanted.Issuer, Serial: wanted.Serial}}}}
		}, platform.RepairInUse},
		{"it may be that of a card that tells nothing", func(_ *myStore, s *platform.Snapshot, _ platform.StoreCertificate) {
			s.Cards.List = []platform.Card{{Look: platform.Seen(), Kind: platform.KindMyNumber, Certificates: []platform.Certificate{{State: platform.CertUnreadable}}}}
		}, platform.RepairInUse},
		{"another card of its kind", func(_ *myStore, s *platform.Snapshot, wanted platform.StoreCertificate) {
			s.Cards.List = []platform.Card{{Look: platform.Seen(), Kind: platform.KindMyNumber, Certificates: []platform.Certificate{{State: platform.CertRead, Issuer: wanted.Issuer, Serial: "00"}}}}
		}, ""},
		{"nobody looked for cards", func(_ *myStore, s *platform.Snapshot, _ platform.StoreCertificate) {
			s.Cards.Look = platform.Failure(platform.WhyNoService, nil)
		}, platform.RepairUnseen},
		{"a card could not be looked at", func(_ *myStore, s *platform.Snapshot, _ platform.StoreCertificate) {
			s.Cards.List = []platform.Card{{Look: platform.Failure(platform.WhyBusy, nil)}}
		}, platform.RepairUnseen},
		{"it is of use", func(m *myStore, _ *platform.Snapshot, _ platform.StoreCertificate) { m.keys = true }, platform.RepairInUse},
		{"a card of another kind", func(_ *myStore, s *platform.Snapshot, _ platform.StoreCertificate) {
			s.Cards.List = []platform.Card{{Look: platform.Seen(), Kind: platform.KindHPKI}, {Look: platform.Seen(), Kind: platform.KindFeliCa}}
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, o, s := twoCards(t)
			n := ordinal(t, s.Store, platform.SoftwareJPKI)
			tt.spoil(m, &s, s.Store.List[s.Store.Holders()[n-1]])
			_, err := windows.New(o).PlanRepair(t.Context(), platform.DeleteCertificate(n), s)
			wantWhy(t, err, tt.why)
		})
	}
}

func TestDeleteCertificateFails(t *testing.T) {
	m, o, s := twoCards(t)
	change := planned(t, o, platform.DeleteCertificate(ordinal(t, s.Store, platform.SoftwareJPKI)), s).Changes[0]
	c, kept := windows.New(o), t.TempDir()
	t.Run("nothing is kept, nothing was deleted", func(t *testing.T) {
		wantWhy(t, c.TakeBack(t.Context(), change, t.TempDir()), "")
	})
	t.Run("refused", func(t *testing.T) {
		m.fails = fs.ErrPermission
		_, err := c.MakeChange(t.Context(), change, kept)
		wantWhy(t, err, platform.RepairDenied)
		m.fails = nil
	})
	t.Run("no room to keep it", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		writeFile(t, file, nil)
		if _, err := c.MakeChange(t.Context(), change, filepath.Join(file, "kept")); err == nil || len(m.list) != 2 {
			t.Errorf("%d certificates, %v", len(m.list), err)
		}
	})
	t.Run("what was kept is another", func(t *testing.T) {
		m.list = m.list[:1]
		for _, raw := range [][]byte{nil, pack(m.list[0]), {1, 2, 3}, little(nil, []uint32{32, 1, 1 << 31})} {
			writeFile(t, filepath.Join(kept, "certificate"), raw)
			wantWhy(t, c.TakeBack(t.Context(), change, kept), platform.RepairDamaged)
		}
		wantWhy(t, c.TakeBack(t.Context(), change, t.TempDir()), platform.RepairNotUndoable)
		if m.added != nil {
			t.Errorf("added %x", m.added)
		}
	})
	t.Run("no digest", func(t *testing.T) {
		for _, digest := range []string{"", "xx", "0102"} {
			change.SHA256 = digest
			_, err := c.MakeChange(t.Context(), change, kept)
			wantWhy(t, err, platform.RepairFailed)
		}
	})
}

func writeFile(t *testing.T, path string, raw []byte) {
	t.Helper()
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

func FuzzIsPacked(f *testing.F) {
	digest := sha256.Sum256([]byte("a"))
	f.Add(pack([]byte("a")))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if windows.IsPacked(raw, digest) == nil && !bytes.Contains(raw, binary.LittleEndian.AppendUint32(nil, 32)) {
			t.Error("a certificate without its mark")
		}
	})
}

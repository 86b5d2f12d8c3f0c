package macos_test

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/card/cardtest"
)

const kagura = "mahpki-auth.2nds.medis.or.jp"

// chosen is a Mac that remembers a card's certificate for HPKI-KAGURA, and
// something else for another host.
func chosen(t *testing.T) (*living, []byte) {
	l := newLiving(t)
	der := cardtest.HPKI(cardtest.HPKIOptions{}).Auth.Certificate.Raw
	l.holds = [][]byte{der}
	l.choices["https://"+kagura+"/"] = der
	l.choices["https://other.example/"] = der
	return l, der
}

func TestForgetChoice(t *testing.T) {
	l, der := chosen(t)
	before := maps.Clone(l.choices)
	p := l.plan(platform.ForgetChoice(kagura))
	sum := sha256.Sum256(der)
	if c := p.Changes[0]; len(p.Changes) != 1 || c.Kind != platform.ChangePreference || !c.Undoable || c.Host != kagura ||
		c.SHA256 != hex.EncodeToString(sum[:]) || c.Issuer == "" || c.NotAfter.IsZero() || c.Count != 1 {
		t.Errorf("%+v", p.Changes)
	}
	kept := t.TempDir()
	for range 2 { // it may be made again
		if err := l.make(p, kept); err != nil {
			t.Fatal(err)
		}
		if len(l.choices) != 1 || l.choices["https://other.example/"] == nil {
			t.Fatalf("remembered: %d", len(l.choices))
		}
	}
	l.cannot(platform.ForgetChoice(kagura), platform.RepairNothing)
	for range 2 {
		if err := l.computer().TakeBack(t.Context(), p.Changes[0], kept); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(before, l.choices); d != "" {
			t.Fatalf("not as before (-want +got):\n%s", d)
		}
	}
	want := []string{
		"set-identity-preference -n -s https://" + kagura + "/",
		"set-identity-preference -s https://" + kagura + "/ -Z " + sha1Hex(der),
	}
	if d := cmp.Diff(want, l.told); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Killed after a part, it goes on in either direction.
func TestForgetChoiceInParts(t *testing.T) {
	l, der := chosen(t)
	l.choices[kagura] = der
	before := maps.Clone(l.choices)
	p, kept := l.plan(platform.ForgetChoice(kagura)), t.TempDir()
	if err := l.make(p, kept); err != nil || len(l.choices) != 1 {
		t.Fatalf("%v, remembered %d", err, len(l.choices))
	}
	l.choices[kagura] = der // as if killed between the two
	if err := l.make(p, kept); err != nil || len(l.choices) != 1 {
		t.Errorf("%v, remembered %d", err, len(l.choices))
	}
	l.choices[kagura] = der
	if err := l.computer().TakeBack(t.Context(), p.Changes[0], kept); err != nil {
		t.Error(err)
	}
	if d := cmp.Diff(before, l.choices); d != "" {
		t.Errorf("not as before (-want +got):\n%s", d)
	}
	// Killed before anything was kept, nothing was changed.
	if err := l.computer().TakeBack(t.Context(), p.Changes[0], t.TempDir()); err != nil {
		t.Error(err)
	}
}

func TestForgetChoiceFails(t *testing.T) {
	other := cardtest.MyNumber(cardtest.Options{}).Certificate.Raw
	t.Run("chosen anew before", func(t *testing.T) {
		l, _ := chosen(t)
		p := l.plan(platform.ForgetChoice(kagura))
		l.choices["https://"+kagura+"/"] = other
		fails(t, l.make(p, t.TempDir()), platform.RepairChanged)
	})
	t.Run("chosen anew after", func(t *testing.T) {
		l, _ := chosen(t)
		p, kept := l.plan(platform.ForgetChoice(kagura)), t.TempDir()
		if err := l.make(p, kept); err != nil {
			t.Fatal(err)
		}
		l.choices["https://"+kagura+"/"] = other
		fails(t, l.make(p, kept), platform.RepairChanged)
		if err := l.computer().TakeBack(t.Context(), p.Changes[0], kept); err != nil || string(l.choices["https://"+kagura+"/"]) != string(other) {
			t.Errorf("%v: what the user chose since is lost", err)
		}
	})
	t.Run("certificate gone", func(t *testing.T) {
		l, _ := chosen(t)
		p, kept := l.plan(platform.ForgetChoice(kagura)), t.TempDir()
		if err := l.make(p, kept); err != nil {
			t.Fatal(err)
		}
		l.holds = nil
		fails(t, l.computer().TakeBack(t.Context(), p.Changes[0], kept), platform.RepairGone)
	})
	t.Run("nowhere to keep it", func(t *testing.T) {
		l, _ := chosen(t)
		p := l.plan(platform.ForgetChoice(kagura))
		fails(t, l.make(p, filepath.Join(t.TempDir(), "none")), platform.RepairFailed)
		if len(l.choices) != 2 {
			t.Error("it was removed without being kept")
		}
	})
	t.Run("kept file lost", func(t *testing.T) {
		l, _ := chosen(t)
		p := l.plan(platform.ForgetChoice(kagura))
		if err := l.make(p, t.TempDir()); err != nil {
			t.Fatal(err)
		}
		fails(t, l.computer().TakeBack(t.Context(), p.Changes[0], t.TempDir()), platform.RepairNotUndoable)
	})
	t.Run("kept file damaged", func(t *testing.T) {
		for _, text := range []string{"", "[]", "{", `[{"service":"https://other.example/","sha1":"00"}]`, `[{"service":"` + kagura + `","sha1":"; id"}]`} {
			l, _ := chosen(t)
			p, kept := l.plan(platform.ForgetChoice(kagura)), t.TempDir()
			if err := os.WriteFile(filepath.Join(kept, "choices.json"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			delete(l.choices, "https://"+kagura+"/")
			fails(t, l.computer().TakeBack(t.Context(), p.Changes[0], kept), platform.RepairDamaged)
			if len(l.told) > 0 {
				t.Errorf("%s: told %q", text, l.told)
			}
		}
	})
	t.Run("remembered for a whole domain", func(t *testing.T) {
		l, der := chosen(t)
		p, kept := l.plan(platform.ForgetChoice(kagura)), t.TempDir()
		l.stays = true // security finds it again under another name
		fails(t, l.make(p, kept), platform.RepairFailed)
		if err := l.computer().TakeBack(t.Context(), p.Changes[0], kept); err != nil || string(l.choices["https://"+kagura+"/"]) != string(der) {
			t.Errorf("%v", err)
		}
	})
	t.Run("keychain locked", func(t *testing.T) {
		l, _ := chosen(t)
		p, kept := l.plan(platform.ForgetChoice(kagura)), t.TempDir()
		l.locked = true
		l.cannot(platform.ForgetChoice(kagura), platform.RepairFailed)
		fails(t, l.make(p, kept), platform.RepairFailed)
		l.locked = false
		if err := l.make(p, kept); err != nil {
			t.Fatal(err)
		}
		l.locked = true
		fails(t, l.computer().TakeBack(t.Context(), p.Changes[0], kept), platform.RepairFailed)
	})
	t.Run("not one of the hosts", func(t *testing.T) {
		l, _ := chosen(t)
		c := platform.Change{Kind: platform.ChangePreference, Undoable: true, Host: "other.example"}
		_, err := l.computer().MakeChange(t.Context(), c, t.TempDir())
		fails(t, err, platform.RepairNotHere)
		fails(t, l.computer().TakeBack(t.Context(), c, t.TempDir()), platform.RepairNotHere)
		if len(l.choices) != 2 {
			t.Error("another host was touched")
		}
	})
}

// Only hashes are kept.
func TestKeptChoiceHoldsNoCertificate(t *testing.T) {
	l, _ := chosen(t)
	kept := t.TempDir()
	if err := l.make(l.plan(platform.ForgetChoice(kagura)), kept); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(kept, "choices.json"))
	if err != nil || len(raw) > 200 || strings.Contains(string(raw), "CERTIFICATE") {
		t.Errorf("%s, %v", raw, err)
	}
}

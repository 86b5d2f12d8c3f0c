package wizard

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"
)

// monospaced measures a Japanese character as 2 and a Latin one as 1.
func monospaced(s string) float32 {
	var w float32
	for _, r := range s {
		if r < 0x250 {
			w++
		} else {
			w += 2
		}
	}
	return w
}

func TestPiecesKeepTogether(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"long vowel", "読むカードを", "読|む|カード|を"},
		{"comma and full stop", "置く、待つ。", "置|く、|待|つ。"},
		{"small kana", "待って", "待っ|て"},
		{"brackets", "下の「結果」を", "下|の|「結|果」|を"},
		{"hyphen in a Latin word", "e-Taxを", "e-Tax|を"},
		{"name with digits", "HUB0002が", "HUB0002|が"},
		{"identifier", "SCardEstablishContextが", "SCardEstablishContext|が"},
		{"domain", "www.e-tax.nta.go.jp", "www.e-tax.nta.go.jp"},
		{"address", "「edge://extensions」と", "「edge://extensions」|と"},
		{"path", "write /Library/Preferences/a.b x", "write /Library/Preferences/a.b |x"},
		{"no address", "Edge/Chromeと", "Edge/|Chrome|と"},
		{"date", "2026年11月3日", "2026年|11月|3日"},
		{"English", "the re-check failed", "the |re-check |failed"},
		{"new line", "一\n二", "一¶二"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got strings.Builder
			all := pieces(tt.text)
			for i, p := range all {
				got.WriteString(p.text)
				switch {
				case p.must:
					got.WriteString("¶")
				case i < len(all)-1:
					got.WriteString("|")
				}
			}
			if diff := cmp.Diff(tt.want, got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFill(t *testing.T) {
	tests := []struct {
		name, text string
		width      float32
		want       []string
	}{
		{"fits", "カードです。", 12, []string{"カードです。"}},
		{"ends after a phrase", "カードリーダーが見つかりません。", 24, []string{"カードリーダーが", "見つかりません。"}},
		{"not inside a verb", "カードを読み取れました。", 22, []string{"カードを", "読み取れました。"}},
		{"no full stop first", "あいうえお。", 10, []string{"あいうえ", "お。"}},
		{"blanks hang over", "one two three", 7, []string{"one two", "three"}},
		{"wider than a line", "ABCDEFGHIJ", 4, []string{"ABCD", "EFGH", "IJ"}},
		{"empty line", "あ\n\nい", 10, []string{"あ", "", "い"}},
		{"empty", "", 10, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := fill(pieces(tt.text), tt.width, 0.35, monospaced)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestFillLosesNothing sets long texts at every width: no line may be too
// wide or begin with what must not stand first, and nothing may get lost.
func TestFillLosesNothing(t *testing.T) {
	texts := []string{
		"マイナンバーカードとe-Tax（国税電子申告・納税システム）で「HUB0002」が出たら、カードリーダーを抜いて、3秒待って、差し直してください！ちょっと待って…ください。",
		"If the card cannot be used, see SCardEstablishContext (0x8010001D) at https://www.e-tax.nta.go.jp/.",
	}
	for _, text := range texts {
		for width := float32(24); width < 200; width++ {
			lines := fill(pieces(text), width, 0.7, monospaced)
			for i, l := range lines {
				if monospaced(l) > width {
					t.Errorf("width %v: line %q is %v wide", width, l, monospaced(l))
				}
				if first := []rune(l)[0]; i > 0 && strings.ContainsRune(neverFirst, first) {
					t.Errorf("width %v: line begins with %q: %q", width, first, l)
				}
			}
			if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
				t.Errorf("width %v: %q", width, got)
			}
		}
	}
}

func TestParagraphHeightFollowsWidth(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(newLook())
	p := newParagraph("カードリーダーをUSBでつないでください。つないであるときは、抜いて、別の差し込み口に差してください。", styleText)
	wide, narrow := heightFor(p, 2000), heightFor(p, 200)
	if wide != p.lineHeight() || narrow < 3*p.lineHeight() {
		t.Errorf("heights %v and %v, want one line of %v and several", wide, narrow, p.lineHeight())
	}
	renderer := test.WidgetRenderer(p)
	for _, o := range renderer.Objects() {
		if w := o.MinSize().Width; w > 201 {
			t.Errorf("a line is %v wide", w)
		}
	}
	heightFor(p, 2000)
	if n := len(renderer.Objects()); n != 1 {
		t.Errorf("%d lines after widening, want 1", n)
	}
}

func TestParagraphsInAColumnDoNotOverlap(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(newLook())
	texts := []string{"短い文。", "カードリーダーをUSBでつないでください。つないであるときは、抜いて、差してください。", "おわり。"}
	var objects []fyne.CanvasObject
	for _, text := range texts {
		objects = append(objects, newParagraph(text, styleText))
	}
	box := newColumn(5, objects...)
	for _, width := range slices.Backward([]float32{150, 300, 900}) {
		height := heightFor(box, width)
		bottom := float32(0)
		for _, o := range box.Objects {
			if o.Position().Y < bottom {
				t.Errorf("width %v: a paragraph begins at %v, above %v", width, o.Position().Y, bottom)
			}
			bottom = o.Position().Y + o.Size().Height
		}
		if bottom > height+0.1 {
			t.Errorf("width %v: paragraphs end at %v, the column at %v", width, bottom, height)
		}
	}
}

package windows_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/windows"
)

const installedRegistry = `
[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{1}]
"DisplayName"="ESET インターネット セキュリティ"
[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{2}]
"DisplayName"="Password Reset 家計簿"
[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{3}]
"DisplayName"=dword:00000001
[HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\Rapport_msi]
"DisplayName"="Trusteer Endpoint Protection"
[HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\{1}]
"DisplayName"="ESET インターネット セキュリティ"
[HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Uninstall\Rapport]
"DisplayName"="Rapport"
`

func centerOf(records ...windows.ProductRecord) func(context.Context) ([]windows.ProductRecord, error) {
	return func(context.Context) ([]windows.ProductRecord, error) { return records, nil }
}

func TestSecurity(t *testing.T) {
	installed := []platform.SecurityProduct{
		{Name: "ESET インターネット セキュリティ", Family: "eset", Source: platform.SecurityInstaller},
		{Name: "Trusteer Endpoint Protection", Family: "rapport", Source: platform.SecurityInstaller},
		{Name: "Rapport", Family: "rapport", Source: platform.SecurityInstaller},
	}
	for _, c := range []struct {
		name   string
		native windows.Native
		want   platform.Security
	}{
		{
			"center and programs",
			windows.Native{
				SecurityProducts: centerOf(
					windows.ProductRecord{Name: "Windows Defender", State: new(uint32(0x060100))},
					windows.ProductRecord{Name: "ESET Security", State: new(uint32(0x041000))},
					windows.ProductRecord{Name: "ウイルスバスター", State: new(uint32(0x04F010))},
					windows.ProductRecord{Name: "Bitdefender"},
				),
				Processes: func() ([]windows.Process, error) {
					return []windows.Process{
						{Name: "explorer.exe"},
						{Name: "RapportService.exe"},
						{Name: "EGUI.EXE"},
						{Name: "EGUI.EXE"},
					}, nil
				},
			},
			platform.Security{
				Look: platform.Seen(), Center: platform.Seen(),
				Products: append([]platform.SecurityProduct{
					{Name: "Windows Defender", Family: "defender", Active: platform.SwitchOff, State: "0x060100", Source: platform.SecurityCenter},
					{Name: "ESET Security", Family: "eset", Active: platform.SwitchOn, State: "0x041000", Source: platform.SecurityCenter},
					{Name: "ウイルスバスター", State: "0x04f010", Source: platform.SecurityCenter},
					{Name: "Bitdefender", Source: platform.SecurityCenter},
					{Name: "RapportService.exe", Family: "rapport", Source: platform.SecurityProcess},
					{Name: "EGUI.EXE", Family: "eset", Source: platform.SecurityProcess},
				}, installed...),
			},
		},
		{
			"a server has no center",
			windows.Native{
				SecurityProducts: func(context.Context) ([]windows.ProductRecord, error) { return nil, fs.ErrNotExist },
			},
			platform.Security{
				Look: platform.Seen(), Center: platform.Failure(platform.WhyError, nil),
				Products: installed,
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := look(t, platform.AreaSecurity, newRegFile(t, installedRegistry), c.native).Security
			if c.native.Processes == nil && got.Detail == "" {
				t.Error("no word about the programs that could not be listed")
			}
			if diff := cmp.Diff(c.want, got, noDetail); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSecurityCenterHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		end := make(chan struct{})
		defer close(end)
		hang := func(context.Context) ([]windows.ProductRecord, error) { <-end; return nil, nil }
		got := look(t, platform.AreaSecurity, newRegFile(t, installedRegistry), windows.Native{SecurityProducts: hang}).Security
		if !got.OK() || got.Center.Why != platform.WhyTimedOut || len(got.Products) != 3 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestSecurityIsBounded(t *testing.T) {
	var text strings.Builder
	var records []windows.ProductRecord
	for i := range 1000 {
		fmt.Fprintf(&text, "[HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\%d]\n\"DisplayName\"=\"ESET %d %s\"\n", i, i, strings.Repeat("長", 1000))
		records = append(records, windows.ProductRecord{Name: "x\x07" + strings.Repeat("長", 1000)})
	}
	got := look(t, platform.AreaSecurity, newRegFile(t, text.String()), windows.Native{SecurityProducts: centerOf(records...)}).Security
	if len(got.Products) != 64 {
		t.Errorf("%d products", len(got.Products))
	}
	for _, p := range got.Products {
		if len(p.Name) > platform.LongestName || strings.Contains(p.Name, "\x07") {
			t.Fatalf("name: %q", p.Name)
		}
	}
}

func TestFamily(t *testing.T) {
	for name, want := range map[string]string{
		"ESET Security":                 "eset",
		"ESETインターネット":                   "eset",
		"Preset Manager":                "",
		"Microsoft Defender Antivirus":  "defender",
		"Bitdefender":                   "",
		"IBM Security Trusteer Rapport": "rapport",
		"":                              "",
	} {
		if got := windows.FamilyOf(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

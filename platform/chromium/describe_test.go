package chromium_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

// The ids of the two known extensions, and two that stand for others.
const (
	mynaportal = "fjjibalalngebiaophebgkkohaaggphf"
	jpki       = "ddhaancdmkmeigppopkakhpbboccibla"
	etaxAP     = "abcdefghijklmnopabcdefghijklmnop"
	stranger   = "ponmlkjihgfedcbaponmlkjihgfedcba"
)

var wanted = []chromium.Wanted{{ID: mynaportal, Software: platform.SoftwareMynaportal}}

// entry makes a member of extensions.settings of the wanted extension as
// Chromium writes it, with more members; see whole for one that is enabled.
func entry(more string) string {
	if more != "" {
		more = "," + more
	}
	return `"` + mynaportal + `":{"active_permissions":{"api":["nativeMessaging"]},"creation_flags":9,"from_webstore":true,` +
		`"location":1,"manifest":{"manifest_version":3,"name":"マイナポータル","version":"10.2.0"},"path":"` + mynaportal + `\\10.2.0_0"` + more + `}`
}

func settings(entries ...string) string {
	return `{"extensions":{"settings":{` + strings.Join(entries, ",") + `}},"protection":{"macs":{}}}`
}

// profile is a user data folder with one profile, whose files it is given.
func profile(secure, ordinary string) fstest.MapFS {
	f := fstest.MapFS{
		"Local State": {Data: []byte(`{"profile":{"info_cache":{"Default":{"name":"花子"}},"last_used":"Default"}}`)},
		"Default/Extensions/" + mynaportal + "/10.2.0_0/manifest.json": {Data: []byte(`{"name":"__MSG_appName__","version":"10.2.0","default_locale":"ja"}`)},
	}
	if secure != "" {
		f["Default/Secure Preferences"] = &fstest.MapFile{Data: []byte(secure)}
	}
	if ordinary != "" {
		f["Default/Preferences"] = &fstest.MapFile{Data: []byte(ordinary)}
	}
	return f
}

func describe(t *testing.T, userData fs.FS) platform.Browser {
	t.Helper()
	var b platform.Browser
	chromium.Describe(userData, wanted, &b)
	return b
}

// on is the wanted extension as it should be, changed by f.
func on(f func(*platform.Extension)) platform.Extension {
	x := platform.Extension{
		ID: mynaportal, Software: platform.SoftwareMynaportal, Name: "マイナポータル", Version: "10.2.0",
		Installed: true, Enabled: true, Location: 1,
	}
	if f != nil {
		f(&x)
	}
	return x
}

func off(reasons ...int) platform.Extension {
	return on(func(x *platform.Extension) { x.Enabled, x.Reasons = false, reasons })
}

func TestExtensionStates(t *testing.T) {
	absent := platform.Extension{ID: mynaportal, Software: platform.SoftwareMynaportal}
	removed := absent
	removed.Removed = true
	for name, tt := range map[string]struct {
		secure, ordinary string
		want             platform.Extension
	}{
		"enabled, new format":     {secure: settings(entry("")), want: on(nil)},
		"enabled, old format":     {secure: settings(entry(`"state":1`)), want: on(nil)},
		"enabled, mask 0":         {secure: settings(entry(`"state":1,"disable_reasons":0`)), want: on(nil)},
		"enabled, empty list":     {secure: settings(entry(`"disable_reasons":[]`)), want: on(nil)},
		"in Preferences":          {ordinary: settings(entry("")), want: on(nil)},
		"in both, Secure counts":  {secure: settings(entry(`"disable_reasons":[1]`)), ordinary: settings(entry("")), want: off(1)},
		"broken in Secure":        {secure: settings(`"` + mynaportal + `":7`), ordinary: settings(entry(`"state":0,"disable_reasons":1`)), want: off(1)},
		"not installed":           {secure: settings(), ordinary: `{}`, want: absent},
		"no extensions at all":    {ordinary: `{"profile":{"name":"x"}}`, want: absent},
		"off by the user, mask":   {secure: settings(entry(`"state":0,"disable_reasons":1`)), want: off(1)},
		"off by the user, list":   {secure: settings(entry(`"disable_reasons":[1]`)), want: off(1)},
		"off without a reason":    {secure: settings(entry(`"state":0`)), want: off()},
		"reason with state 1":     {secure: settings(entry(`"state":1,"disable_reasons":[2]`)), want: off(2)},
		"permission increase":     {secure: settings(entry(`"state":0,"disable_reasons":2`)), want: off(2)},
		"two reasons in a mask":   {secure: settings(entry(`"disable_reasons":1025`)), want: off(1, 1024)},
		"two reasons in a list":   {secure: settings(entry(`"disable_reasons":[1024,2,2]`)), want: off(2, 1024)},
		"corrupted":               {secure: settings(entry(`"disable_reasons":[1024]`)), want: off(1024)},
		"blocked by policy":       {secure: settings(entry(`"disable_reasons":[65536]`)), want: off(65536)},
		"a reason of the future":  {secure: settings(entry(`"disable_reasons":[33554432]`)), want: off(33554432)},
		"a negative mask":         {secure: settings(entry(`"disable_reasons":-2147483648`)), want: off(1 << 31)},
		"reasons of another kind": {secure: settings(entry(`"disable_reasons":"1","state":"0"`)), want: on(nil)},
		"list of several kinds":   {secure: settings(entry(`"disable_reasons":["1",null,{},[8],1.5,8192]`)), want: off(8192)},
		"awaiting consent": {
			secure: settings(strings.Replace(entry(`"disable_reasons":[8192]`), `"location":1`, `"location":3`, 1)),
			want: on(func(x *platform.Extension) {
				x.Enabled, x.Reasons, x.Location = false, []int{8192}, 3
			}),
		},
		"allowed in private windows": {secure: settings(entry(`"incognito":true`)), want: on(func(x *platform.Extension) { x.Incognito = true })},
		"removed by the user":        {secure: `{"extensions":{"settings":{},"external_uninstalls":["` + stranger + `","` + mynaportal + `",1]}}`, want: removed},
		"removed, old format":        {secure: settings(`"` + mynaportal + `":{"location":3,"path":"x","state":2}`), want: removed},
		"removed and brought back":   {secure: `{"extensions":{"settings":{` + entry("") + `},"external_uninstalls":["` + mynaportal + `"]}}`, want: on(nil)},
		"what is left of one":        {secure: settings(`"` + mynaportal + `":{"ack_external":true,"account_extension_type":0}`), want: absent},
		"without a path":             {secure: settings(`"` + mynaportal + `":{"location":1}`), want: absent},
		"without a location":         {secure: settings(`"` + mynaportal + `":{"path":"x"}`), want: absent},
		"null":                       {secure: settings(`"` + mynaportal + `":null`), want: absent},
		"a list of itself":           {secure: settings(`"` + mynaportal + `":[]`), want: absent},
		"settings a list":            {secure: `{"extensions":{"settings":[1]}}`, want: absent},
		"extensions null":            {secure: `{"extensions":null}`, want: absent},
		"broken neighbours":          {secure: settings(`"`+stranger+`":{"location":"x","path":[],"manifest":7}`, entry(""), `"x":1`), want: on(nil)},
		"the same key twice":         {secure: settings(entry(""), entry(`"disable_reasons":[1]`)), want: off(1)},
		"a byte order mark":          {secure: "\ufeff" + settings(entry("")), want: on(nil)},
		"folder gone": {
			secure: settings(strings.Replace(entry(""), `10.2.0_0`, `10.1.0_0`, 1)),
			want:   on(func(x *platform.Extension) { x.FilesMissing = true }),
		},
		"unpacked elsewhere": {
			secure: settings(`"` + mynaportal + `":{"location":4,"path":"C:\\開発\\拡張","disable_reasons":[16777216]}`),
			want: on(func(x *platform.Extension) {
				x.Name, x.Enabled, x.Reasons, x.Location = "", false, []int{16777216}, 4
			}),
		},
		"a path that leads out": {
			secure: settings(`"` + mynaportal + `":{"location":1,"path":"..\\..\\Local State","manifest":{"name":"マイナポータル","version":"10.2.0"}}`),
			want:   on(nil),
		},
		"manifest not embedded": {
			secure: settings(`"` + mynaportal + `":{"location":1,"path":"` + mynaportal + `\\10.2.0_0"}`),
			want:   on(func(x *platform.Extension) { x.Name = "" }),
		},
		"control characters in the name": {
			secure: settings(strings.Replace(entry(""), "マイナポータル", `マイナ\u001b[31mポータル\u202e`, 1)),
			want:   on(func(x *platform.Extension) { x.Name = "マイナ[31mポータル" }),
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := describe(t, profile(tt.secure, tt.ordinary))
			want := []platform.Profile{{
				Look: platform.Seen(), Folder: "Default", Name: "花子", LastUsed: true, Extensions: []platform.Extension{tt.want},
			}}
			if d := cmp.Diff(want, b.Profiles); d != "" || !b.OK() {
				t.Errorf("browser %+v (-want +got):\n%s", b.Look, d)
			}
		})
	}
}

// Official software is also known by the name of its extension; no other
// extension may be told.
func TestExtensionsByName(t *testing.T) {
	f := profile(settings(entry(""),
		`"`+etaxAP+`":{"location":1,"path":"`+etaxAP+`\\2.0_0","manifest":{"name":"__MSG_APPNAME__","version":"2.0","default_locale":"en"}}`,
		`"`+jpki+`":{"location":1,"path":"gone\\1_0"}`,
		`"`+stranger+`":{"location":1,"path":"x","manifest":{"name":"パスワード帳","version":"1"}}`), "")
	f["Default/Extensions/"+etaxAP+"/2.0_0/_locales/ja/messages.json"] = &fstest.MapFile{Data: []byte("\ufeff" + `{"x":1,"appName":{"message":"e-Tax AP"}}`)}
	f["Default/Extensions/"+jpki+"/1.9.0_0/manifest.json"] = &fstest.MapFile{Data: []byte(`{"name":"利用者クライアントソフト 旧","version":"1.9.0"}`)}
	f["Default/Extensions/"+jpki+"/1.10.0_0/manifest.json"] = &fstest.MapFile{Data: []byte(`{"name":"利用者クライアントソフト Edge/Chrome","version":"1.10.0"}`)}
	want := []platform.Extension{
		on(nil),
		{ID: etaxAP, Software: platform.SoftwareETax, Name: "e-Tax AP", Version: "2.0", Installed: true, Enabled: true, Location: 1},
		{ID: jpki, Software: platform.SoftwareJPKI, Name: "利用者クライアントソフト Edge/Chrome", Version: "1.10.0", Installed: true, Enabled: true, Location: 1, FilesMissing: true},
	}
	if d := cmp.Diff(want, describe(t, f).Profiles[0].Extensions); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestOfficialNames(t *testing.T) {
	for name, want := range map[string]platform.Software{
		"マイナポータル":                  platform.SoftwareMynaportal,
		"マイナポータルAP":                platform.SoftwareMynaportal,
		"利用者クライアントソフト Edge/Chrome": platform.SoftwareJPKI,
		"利用者クライアントソフト（Chrome版）":    platform.SoftwareJPKI,
		"JPKI利用者ソフト":               platform.SoftwareJPKI,
		"e-Tax AP":                 platform.SoftwareETax,
		"E-TaxAP 2.1 for Edge":     platform.SoftwareETax,

		"確定申告ヘルパー e-Tax連携":    "",
		"e-Tax":               "",
		"e-Tax APPLY":         "",
		"e-Tax AP連携ヘルパー":      "",
		"Freetax Helper":      "",
		"マイナポータル便利帳":          "",
		"マイナポータル（XXの便利帳）":     "",
		"新マイナポータル":            "",
		"JPKI signer":         "",
		"利用者クライアントソフト偽物 Edge": "",
		"HPKI": "",
	} {
		f := profile(settings(entry(""), `"`+stranger+`":{"location":1,"path":"x","manifest":{"name":"`+name+`","version":"1"}}`), "")
		got := platform.SoftwareNone
		for _, x := range describe(t, f).Profiles[0].Extensions[1:] {
			got = x.Software
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

// The option --profile-directory makes folders of any name, which may be that
// of a person; what is in them is told all the same.
func TestFoldersThatSomebodyNamed(t *testing.T) {
	f := fstest.MapFS{
		"Local State":                   {Data: []byte(`{"profile":{"info_cache":{"Default":{},"Profile 12":{},"hanako@example.jp":{},"山田 花子":{}},"last_used":"山田 花子"}}`)},
		"山田 花子/Preferences":             {Data: []byte(settings(entry("")))},
		"hanako@example.jp/Preferences": {Data: []byte(`{"a`)},
	}
	var got []string
	for _, p := range describe(t, f).Profiles {
		got = append(got, fmt.Sprint(p.Folder, " ", p.State, " ", len(p.Extensions), " ", p.LastUsed))
		if strings.Contains(p.Detail, "花子") || strings.Contains(p.Detail, "hanako") {
			t.Errorf("detail: %s", p.Detail)
		}
	}
	want := []string{"Default not-applicable 0 false", "Profile 12 not-applicable 0 false", "other 1 failed 0 false", "other 2 observed 1 true"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// endless is a tree whose folders have more entries than a computer can hold.
type endless struct{ fs.FS }

func (e endless) Open(name string) (fs.File, error) {
	if name == "." || strings.HasSuffix(name, mynaportal) {
		return endlessFolder{}, nil
	}
	return e.FS.Open(name)
}

type endlessFolder struct{ fs.ReadDirFile }

func (endlessFolder) Close() error { return nil }

func (endlessFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > 1<<16 {
		return nil, errors.New("all entries are asked for")
	}
	folders, err := fs.ReadDir(fstest.MapFS{"Profile 1/x": {}}, ".")
	return slices.Repeat(folders, n), err
}

func TestEndlessFolders(t *testing.T) {
	f := profile(settings(`"`+mynaportal+`":{"location":1,"path":"gone"}`), "")
	if x := describe(t, endless{f}).Profiles[0].Extensions[0]; x.Version != "" || !x.Installed {
		t.Errorf("%+v", x)
	}
	if b := describe(t, endless{fstest.MapFS{}}); len(b.Profiles) != 64 {
		t.Errorf("%d profiles", len(b.Profiles))
	}
}

func TestDetailsAreOneLine(t *testing.T) {
	p := describe(t, profile(`{"a`, `{"b`)).Profiles[0]
	if p.State != platform.Failed || !strings.Contains(p.Detail, "; parse Preferences") || len(p.Detail) > platform.LongestText {
		t.Errorf("%+v", p.Look)
	}
}

func TestLocalizedNames(t *testing.T) {
	const folder = "Default/Extensions/" + mynaportal + "/10.2.0_0/"
	message := func(s string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`{"appname":{"message":"` + s + `"}}`)}
	}
	for name, tt := range map[string]struct {
		files map[string]*fstest.MapFile
		want  string
	}{
		"Japanese first":      {map[string]*fstest.MapFile{"ja": message("日本語"), "en": message("English")}, "日本語"},
		"English next":        {map[string]*fstest.MapFile{"en": message("English"), "fr": message("Français")}, "English"},
		"then the default":    {map[string]*fstest.MapFile{"fr": message("Français")}, "Français"},
		"none":                {nil, ""},
		"broken Japanese":     {map[string]*fstest.MapFile{"ja": {Data: []byte(`{"appName":{`)}, "en": message("English")}, "English"},
		"huge Japanese":       {map[string]*fstest.MapFile{"ja": {Data: make([]byte, 2<<20)}, "en": message("English")}, "English"},
		"message is a number": {map[string]*fstest.MapFile{"ja": {Data: []byte(`{"appName":{"message":1}}`)}, "en": message("English")}, "English"},
	} {
		t.Run(name, func(t *testing.T) {
			f := profile(settings(`"`+mynaportal+`":{"location":1,"path":"`+mynaportal+`/10.2.0_0","manifest":{"name":"__MSG_appName__","version":"1","default_locale":"fr"}}`), "")
			for locale, file := range tt.files {
				f[folder+"_locales/"+locale+"/messages.json"] = file
			}
			if got := describe(t, f).Profiles[0].Extensions[0].Name; got != tt.want {
				t.Errorf("name %q, want %q", got, tt.want)
			}
		})
	}
}

// A profile that cannot be read hides no other, and tells nothing to be absent.
func TestBrokenProfiles(t *testing.T) {
	f := fstest.MapFS{
		"Local State":                  {Data: []byte(`{"profile":{"info_cache":{"Default":{},"Profile 1":{},"Profile 2":{},"Profile 3":{},"Profile 4":{}},"last_used":"Profile 4"}}`)},
		"Default/Secure Preferences":   {Data: []byte(settings(entry(""))[:300])},
		"Profile 1/Secure Preferences": {Data: []byte(`{"extensions":`)},
		"Profile 1/Preferences":        {Data: []byte(settings(entry(`"disable_reasons":[1]`)))},
		"Profile 3/Preferences/x":      {Data: nil},
		"Profile 4/Preferences":        {Data: []byte(settings(entry("")))},
	}
	var got []string
	for _, p := range describe(t, f).Profiles {
		got = append(got, fmt.Sprint(p.Folder, " ", p.State, " ", len(p.Extensions), " ", p.LastUsed))
	}
	want := []string{
		"Default failed 0 false", "Profile 1 failed 1 false", "Profile 2 not-applicable 0 false",
		"Profile 3 failed 0 false", "Profile 4 observed 1 true",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestHostilePreferences(t *testing.T) {
	for name, raw := range map[string]string{
		"empty": "", "null": "null", "a list": "[]", "a text": `"x"`, "cut": settings(entry(""))[:300],
		"zeros": strings.Repeat("\x00", 1<<16), "more behind": settings() + "x",
		"33 MB":        `{"a":"` + strings.Repeat("x", 33<<20) + `"}`,
		"deep lists":   `{"extensions":` + strings.Repeat("[", 1<<20),
		"deep objects": strings.Repeat(`{"extensions":`, 1<<18) + strings.Repeat("}", 1<<18),
	} {
		t.Run(name, func(t *testing.T) {
			p := describe(t, profile("", raw)).Profiles[0]
			if raw == "" {
				p = describe(t, fstest.MapFS{
					"Local State":         {Data: []byte(`{"profile":{"info_cache":{"Default":{}}}}`)},
					"Default/Preferences": {},
				}).Profiles[0]
			}
			if p.State != platform.Failed || p.Detail == "" || p.Extensions != nil {
				t.Errorf("%+v", p)
			}
		})
	}
	t.Run("not UTF-8", func(t *testing.T) {
		p := describe(t, profile(strings.Replace(settings(entry("")), "ポ", "\x83\xff", 1), "")).Profiles[0]
		if !p.OK() || len(p.Extensions) != 1 || p.Extensions[0].Name != "マイナータル" {
			t.Errorf("%+v", p)
		}
	})
}

// A file that says it is larger than it may be is not read at all: 200 MB.
func TestHugePreferences(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "Local State"), `{"profile":{"info_cache":{"Default":{}}}}`)
	name := filepath.Join(dir, "Default", "Preferences")
	write(t, name, "{")
	if err := os.Truncate(name, 200<<20); err != nil {
		t.Fatal(err)
	}
	if p := describe(t, os.DirFS(dir)).Profiles[0]; p.State != platform.Failed {
		t.Errorf("%+v", p.Look)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestLinkLoops(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("making links needs a right there")
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "Local State"), `{"profile":{"info_cache":{"Default":{},"Profile 1":{},"Profile 2":{}}}}`)
	write(t, filepath.Join(dir, "Profile 2", "Preferences"), settings(entry("")))
	if err := os.Mkdir(filepath.Join(dir, "Default"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{
		"Default/Preferences": "Secure Preferences", "Default/Secure Preferences": "Preferences",
		"Profile 1": "Profile 1", "Profile 2/Extensions": "../Profile 2/Extensions", "Profile 2/Secure Preferences": "/dev/zero",
	} {
		if err := os.Symlink(to, filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan platform.Browser, 1)
	go func() { done <- describe(t, os.DirFS(dir)) }()
	select {
	case b := <-done:
		for i, extensions := range []int{0, 0, 1} {
			if p := b.Profiles[i]; p.State != platform.Failed || len(p.Extensions) != extensions {
				t.Errorf("%+v", p)
			}
		}
	case <-time.After(time.Minute):
		t.Fatal("reading hangs")
	}
}

func TestUserDataFolders(t *testing.T) {
	many := fstest.MapFS{}
	var names []string
	for i := range 100 {
		names = append(names, fmt.Sprintf(`"Profile %03d":{}`, i))
	}
	many["Local State"] = &fstest.MapFile{Data: []byte(`{"profile":{"info_cache":{` + strings.Join(names, ",") + `},"last_used":"Profile 099"}}`)}
	for name, tt := range map[string]struct {
		fs       fstest.MapFS
		state    platform.State
		profiles int
		lastUsed string
	}{
		"never started": {fstest.MapFS{}, platform.NotApplicable, 0, ""},
		"list lost":     {fstest.MapFS{"Default/Preferences": {Data: []byte(settings(entry("")))}, "Crashpad/x": {}}, platform.Observed, 1, ""},
		"list broken":   {fstest.MapFS{"Local State": {}, "Default/x": {}, "Profile 1/x": {}, "Profile x/y": {}}, platform.Failed, 2, ""},
		"no last":       {fstest.MapFS{"Local State": {Data: []byte(`{"profile":{"info_cache":{"Default":{},"Profile 1":{}}}}`)}}, platform.Observed, 2, "Default"},
		"last is gone":  {fstest.MapFS{"Local State": {Data: []byte(`{"profile":{"info_cache":{"Default":{}},"last_used":"Profile 9"}}`)}}, platform.Observed, 1, ""},
		"very many":     {many, platform.Observed, 64, "Profile 099"},
	} {
		t.Run(name, func(t *testing.T) {
			b := describe(t, tt.fs)
			last := ""
			if p := b.LastUsed(); p != nil {
				last = p.Folder
			}
			if b.State != tt.state || len(b.Profiles) != tt.profiles || last != tt.lastUsed {
				t.Errorf("%+v, %d profiles, last used %q", b.Look, len(b.Profiles), last)
			}
		})
	}
}

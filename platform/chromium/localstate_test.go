package chromium_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"yomitori/platform"
	"yomitori/platform/chromium"
)

func state(raw string) fs.FS { return fstest.MapFS{"Local State": {Data: []byte(raw)}} }

func TestReadLocalState(t *testing.T) {
	long := strings.Repeat("あ", 60)
	for name, tt := range map[string]struct {
		raw  string
		want chromium.LocalState
	}{
		"Japanese names": {
			`{"profile":{"info_cache":{"Profile 1":{"name":"仕事用"},"Default":{"name":"山田 太郎","avatar":1}},"last_used":"Profile 1"},"other":1}`,
			chromium.LocalState{Profiles: []chromium.LocalProfile{{"Default", "山田 太郎"}, {"Profile 1", "仕事用"}}, LastUsed: "Profile 1"},
		},
		"background on":           {`{"background_mode":{"enabled":true}}`, chromium.LocalState{Background: platform.SwitchOn}},
		"background off":          {`{"background_mode":{"enabled":false}}`, chromium.LocalState{Background: platform.SwitchOff}},
		"background of odd kinds": {`{"background_mode":{"enabled":"yes"}}`, chromium.LocalState{}},
		"background a list":       {`{"background_mode":[]}`, chromium.LocalState{}},
		"a byte order mark":       {"\ufeff" + `{"background_mode":{"enabled":true}}`, chromium.LocalState{Background: platform.SwitchOn}},
		"names of other case":     {`{"Profile":{"info_cache":{"Default":{}}}}`, chromium.LocalState{}},
		"Chromium's own":          {`{"profile":{"info_cache":{"Guest Profile":{},"System Profile":{},"Default":{}}}}`, chromium.LocalState{Profiles: []chromium.LocalProfile{{Folder: "Default"}}}},
		"folders elsewhere":       {`{"profile":{"info_cache":{"../x":{},"a/b":{},"a\\b":{},"C:":{},".":{},"..":{},"":{},"/etc":{},"a\u0000b":{}}}}`, chromium.LocalState{}},
		"a name that is a number": {`{"profile":{"info_cache":{"Default":{"name":7}},"last_used":null}}`, chromium.LocalState{Profiles: []chromium.LocalProfile{{Folder: "Default"}}}},
		"a profile that is null":  {`{"profile":{"info_cache":{"Default":null}}}`, chromium.LocalState{Profiles: []chromium.LocalProfile{{Folder: "Default"}}}},
		"a folder twice":          {`{"profile":{"info_cache":{"Default":{},"Default":{}}}}`, chromium.LocalState{Profiles: []chromium.LocalProfile{{Folder: "Default"}}}},
		"a long name":             {`{"profile":{"info_cache":{"Default":{"name":"` + long + `"}}}}`, chromium.LocalState{Profiles: []chromium.LocalProfile{{"Default", strings.Repeat("あ", 42)}}}},
		"not UTF-8":               {"{\"profile\":{\"info_cache\":{\"Default\":{\"name\":\"a\x83\x00b\"}}}}", chromium.LocalState{}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := chromium.ReadLocalState(state(tt.raw))
			if name == "not UTF-8" {
				if err == nil {
					t.Error("a control character in a string was taken")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestReadLocalStateRefuses(t *testing.T) {
	if _, err := chromium.ReadLocalState(fstest.MapFS{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	many := func() string {
		var b bytes.Buffer
		for i := range 5000 {
			fmt.Fprintf(&b, `,"Profile %d":{}`, i)
		}
		return `{"profile":{"info_cache":{` + b.String()[1:] + `}}}`
	}
	for name, raw := range map[string]string{
		"empty": "", "cut": `{"profile":`, "cut in a name": `{"prof`, "null": "null", "a list": "[]", "a text": `"x"`,
		"more behind": `{} {}`, "info_cache a list": `{"profile":{"info_cache":[1]}}`, "profile a number": `{"profile":1}`,
		"huge": strings.Repeat(" ", 17<<20), "deep": strings.Repeat(`{"profile":`, 20000), "deep lists": `{"a":` + strings.Repeat("[", 1<<20),
		"very many profiles": many(),
	} {
		if s, err := chromium.ReadLocalState(state(raw)); err == nil {
			t.Errorf("%s: read as %+v", name, s)
		}
	}
}

package chromium_test

import (
	"bytes"
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"yomitori/platform/chromium"
)

func state(raw []byte) fs.FS { return fstest.MapFS{"Local State": {Data: raw}} }

func TestReadLocalState(t *testing.T) {
	got, err := chromium.ReadLocalState(state([]byte(`{"profile":{"info_cache":{"Default":{"name":"太郎"}},"last_used":"Default"},"other":1}`)))
	if err != nil || len(got.Profiles) != 1 || got.Profiles[0] != "Default" || got.LastUsed != "Default" {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := chromium.ReadLocalState(fstest.MapFS{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	for name, raw := range map[string][]byte{
		"empty": nil, "cut": []byte(`{"profile":`), "wrong shape": []byte(`{"profile":{"info_cache":[1]}}`),
		"huge": bytes.Repeat([]byte(" "), 17<<20),
	} {
		if s, err := chromium.ReadLocalState(state(raw)); err == nil {
			t.Errorf("%s: read as %+v", name, s)
		}
	}
}

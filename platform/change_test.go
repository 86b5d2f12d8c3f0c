package platform_test

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"yomitori/platform"
)

func TestUntouched(t *testing.T) {
	if err := platform.Untouched(nil); err != nil || platform.IsUntouched(err) {
		t.Errorf("no error became %v", err)
	}
	plain := platform.CannotRepair(platform.RepairLocked, "Cookies", fs.ErrPermission)
	if platform.IsUntouched(plain) {
		t.Error("an error is marked that nobody marked")
	}
	marked := errors.Join(fmt.Errorf("make change 0: %w", platform.Untouched(plain)))
	if !platform.IsUntouched(marked) || platform.RepairWhyOf(marked) != platform.RepairLocked || !errors.Is(marked, fs.ErrPermission) {
		t.Errorf("%v lost what it is", marked)
	}
	if platform.Untouched(plain).Error() != plain.Error() {
		t.Errorf("%q", platform.Untouched(plain))
	}
}

//go:build linux

package pcsctest

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// vpcdDriver is where Debian and its relatives put vpcd's driver.
const vpcdDriver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"

//go:embed driver/oneslot.c
var oneSlotSource []byte

// configure writes the configuration directory of a pcscd. It is a new one for
// every start, because pcscd reads all files in it.
func configure(dir string, setup Setup) error {
	driver := vpcdDriver
	switch setup.Readers {
	case 0:
		return nil
	case 1:
		var err error
		if driver, err = oneSlotDriver(dir + ".driver"); err != nil {
			return err
		}
	}
	config := fmt.Sprintf("FRIENDLYNAME %q\nDEVICENAME /dev/null:%#x\nLIBPATH %s\nCHANNELID %#x\n",
		setup.name(), firstPort, driver, firstPort)
	return os.WriteFile(filepath.Join(dir, "vpcd"), []byte(config), 0o644)
}

// oneSlotDriver compiles the driver with one slot.
func oneSlotDriver(dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	source, driver := filepath.Join(dir, "oneslot.c"), filepath.Join(dir, "oneslot.so")
	if err := os.WriteFile(source, oneSlotSource, 0o644); err != nil {
		return "", err
	}
	// The loader looks for vpcd's library by its soname, which is not a file
	// where the package puts it.
	vpcd := filepath.Join(dir, "libifdvpcd.so.0")
	if err := os.Symlink(vpcdDriver, vpcd); err != nil {
		return "", err
	}
	compiler, err := findCompiler()
	if err != nil {
		return "", err
	}
	cmd := exec.Command(compiler, "-shared", "-fPIC", "-Wl,-rpath,$ORIGIN", "-Wl,--no-as-needed", "-o", driver, source, vpcd, "-ldl")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("compile driver with one slot: %w\n%s", err, out)
	}
	return driver, nil
}

var errNoCompiler = errors.New("one reader alone needs a C compiler (cc, clang or gcc)")

func findCompiler() (string, error) {
	for _, name := range []string{os.Getenv("CC"), "cc", "clang", "gcc"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path, nil
		}
	}
	return "", errNoCompiler
}

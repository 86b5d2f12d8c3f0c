package windows

// Root is one of the two trees of the registry that are read.
type Root string

// Roots.
const (
	Machine Root = "HKLM"
	User    Root = "HKCU"
)

// View chooses between what 64-bit and what 32-bit programs see.
type View int

// Views. Keys that both share may be opened in either.
const (
	View64 View = 64
	View32 View = 32
)

// Registry reads the registry. Errors wrap fs.ErrNotExist for what is not
// there and fs.ErrPermission for what this user may not read.
type Registry interface {
	// Open opens a key, named with backslashes below its root.
	Open(root Root, path string, view View) (Key, error)
}

// Key is an open key. Names of values are not case-sensitive; the name ""
// is the default value.
type Key interface {
	// Text reads a string, with references to the environment expanded.
	Text(name string) (string, error)
	// Texts reads a list of strings.
	Texts(name string) ([]string, error)
	// Number reads a DWORD or QWORD.
	Number(name string) (uint64, error)
	// Keys lists the names of the keys below, Values those of the values.
	Keys() ([]string, error)
	Values() ([]string, error)
	Close() error
}

// withKey opens a key for as long as read uses it.
func (c *Computer) withKey(root Root, path string, view View, read func(Key) error) error {
	k, err := c.o.Registry.Open(root, path, view)
	if err != nil {
		return err
	}
	defer k.Close()
	return read(k)
}

// text reads one string.
func (c *Computer) text(root Root, path string, view View, name string) (text string, err error) {
	err = c.withKey(root, path, view, func(k Key) (err error) {
		text, err = k.Text(name)
		return err
	})
	return text, err
}

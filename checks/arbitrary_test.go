package checks_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"yomitori/checks"
	"yomitori/platform"
	"yomitori/platform/practice"
)

// pool holds values that mean something, by the type or the name of the field
// in which they stand: constants of package platform, and what the practice
// computers hold.
type pool struct {
	byType   map[string][]string // constants of a type, by its name
	strings  map[string][]string // by the name of the field
	ints     map[string][]int64
	times    []time.Time
	practice []platform.Snapshot
}

var values = sync.OnceValue(func() *pool {
	p := &pool{byType: map[string][]string{}, strings: map[string][]string{}, ints: map[string][]int64{}}
	p.constants()
	for _, name := range practice.Names() {
		c, err := practice.Open(name)
		if err != nil {
			panic(err)
		}
		s, err := platform.Observe(context.Background(), c, nil)
		if err != nil {
			panic(err)
		}
		p.practice = append(p.practice, s)
		p.collect(reflect.ValueOf(s), "")
	}
	for name, more := range map[string][]string{
		"OS": {"linux", "plan9"}, "Arch": {"386", "arm64", "universal", "mips"}, "Version": {"6.3.9600", "10.0.x", "11.0.1", "15", "99999999999.1"},
		"RemoteKind": {"rdp", "ssh", "vnc"}, "Driver": {"winusb", "WinUSB"}, "Bus": {"root", "swd"}, "Family": {"eset", "rapport"}, "Known": {"oqs"},
		"Name": {"pcscd", "SCardSvr", "CertPropSvc", "PcaSvc"}, "ID": {platform.AnyID}, "Host": {platform.AnyID, "jp.go.cao.mpa"},
		"Issuer": {"O=JPKI-TEST,C=JP"}, "Expires": {"2026-11-15", "2026-11-16", "2020-02-31", "soon"}, "Faults": {"NativeMessagingBlocklist"},
		"KeyUsage": {"digital-signature", "non-repudiation"}, "ExtKeyUsage": {"2.5.29.37.0", "1.3.6.1.5.5.7.3.4"},
		"Policy": {"ExtensionSettings", "ExtensionInstallBlocklist"},
	} {
		p.strings[name] = append(p.strings[name], more...)
	}
	for name, more := range map[string][]int64{
		"Problem": {22, 28, 10}, "Reasons": {1, 2, 8, 16, 256, 1024, 2048, 16384, 8388608}, "CodePage": {1252}, "View": {32, 64}, "ReaderIndex": {-1, 0, 1, 2, 99},
	} {
		p.ints[name] = append(p.ints[name], more...)
	}
	return p
})

// constants reads the typed text constants of package platform out of its source,
// so that new ones are tried as well.
func (p *pool) constants() {
	files, err := filepath.Glob("../platform/*.go")
	if err != nil {
		panic(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			panic(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && v.Type != nil && len(v.Values) == 1 {
				if of, ok := v.Type.(*ast.Ident); ok {
					if lit, ok := v.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
						text, _ := strconv.Unquote(lit.Value)
						p.byType[of.Name] = append(p.byType[of.Name], text)
					}
				}
			}
			return true
		})
	}
}

// collect adds what stands in a value to the pool.
func (p *pool) collect(v reflect.Value, field string) {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); s != "" && !slices.Contains(p.strings[field], s) {
			p.strings[field] = append(p.strings[field], s)
		}
	case reflect.Int:
		if !slices.Contains(p.ints[field], v.Int()) {
			p.ints[field] = append(p.ints[field], v.Int())
		}
	case reflect.Pointer:
		if !v.IsNil() {
			p.collect(v.Elem(), field)
		}
	case reflect.Slice:
		for i := range v.Len() {
			p.collect(v.Index(i), field)
		}
	case reflect.Struct:
		switch x := v.Interface().(type) {
		case time.Time:
			if !slices.ContainsFunc(p.times, x.Equal) {
				p.times = append(p.times, x)
			}
		case platform.Tries:
		default:
			for i := range v.NumField() {
				p.collect(v.Field(i), v.Type().Field(i).Name)
			}
		}
	}
}

// arbitrarySnapshot is a practice computer with some fields made up, or one that
// is made up altogether.
func arbitrarySnapshot(t *rapid.T) platform.Snapshot {
	var s platform.Snapshot
	share := 100
	if !rapid.Bool().Draw(t, "wild") {
		s = clone(rapid.SampledFrom(values().practice).Draw(t, "practice"))
		share = rapid.SampledFrom([]int{1, 3, 10, 30}).Draw(t, "share")
	}
	g := &maker{t: t, p: values(), share: share}
	g.change(reflect.ValueOf(&s).Elem(), "")
	s.Browsers.List = oneOfEach(s.Browsers.List)
	return s
}

// oneOfEach drops browsers that are listed before: no computer lists one twice.
func oneOfEach(list []platform.Browser) []platform.Browser {
	var each []platform.Browser
	for _, b := range list {
		if !slices.ContainsFunc(each, func(o platform.Browser) bool { return o.Name == b.Name }) {
			each = append(each, b)
		}
	}
	return each
}

// maker puts made-up values into fields: into so many of a hundred.
type maker struct {
	t     *rapid.T
	p     *pool
	share int
}

func (g *maker) draw(n int) int { return rapid.IntRange(0, n-1).Draw(g.t, "n") }

func (g *maker) hits() bool { return g.share == 100 || g.draw(100) >= 100-g.share }

func (g *maker) change(v reflect.Value, field string) {
	if v.Type() == reflect.TypeFor[platform.Look]() {
		if g.hits() {
			v.Set(reflect.ValueOf(g.look()))
		}
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		g.list(v, field)
	case reflect.Pointer:
		if g.hits() {
			v.SetZero()
			if g.draw(2) == 1 {
				v.Set(reflect.New(v.Type().Elem()))
			}
		}
		if !v.IsNil() {
			g.change(v.Elem(), field)
		}
	case reflect.Struct:
		g.record(v)
	default:
		if g.hits() {
			g.leaf(v, field)
		}
	}
}

func (g *maker) record(v reflect.Value) {
	switch v.Interface().(type) {
	case time.Time:
		if g.hits() {
			v.Set(reflect.ValueOf(g.time()))
		}
	case platform.Tries:
		if g.hits() {
			v.Set(reflect.ValueOf([]platform.Tries{{}, platform.Locked(), platform.TriesLeft(1), platform.TriesLeft(3)}[g.draw(4)]))
		}
	default:
		for i := range v.NumField() {
			g.change(v.Field(i), v.Type().Field(i).Name)
		}
	}
}

// look is most often that of something that was observed.
func (g *maker) look() platform.Look {
	if g.draw(10) < 6 {
		return platform.Seen()
	}
	l := platform.Look{}
	g.leaf(reflect.ValueOf(&l.State).Elem(), "State")
	g.leaf(reflect.ValueOf(&l.Why).Elem(), "Why")
	return l
}

// list makes a list longer, shorter, nil, or changes what is in it.
func (g *maker) list(v reflect.Value, field string) {
	if v.Type().Elem().Kind() == reflect.Uint8 { // bytes, which no judgement looks into
		return
	}
	if g.hits() {
		n := g.draw(4)
		list := reflect.MakeSlice(v.Type(), n, n)
		for i := range n {
			if v.Len() > 0 {
				list.Index(i).Set(v.Index(g.draw(v.Len())))
			}
		}
		if n == 0 && g.draw(2) == 0 {
			list = reflect.Zero(v.Type())
		}
		v.Set(list)
	}
	for i := range v.Len() {
		g.change(v.Index(i), field)
	}
}

func (g *maker) leaf(v reflect.Value, field string) {
	switch v.Kind() {
	case reflect.String:
		texts := slices.Concat(g.p.byType[v.Type().Name()], g.p.strings[field], []string{"", "new in a later version"})
		v.SetString(texts[g.draw(len(texts))])
	case reflect.Bool:
		v.SetBool(g.draw(2) == 1)
	case reflect.Int, reflect.Int64:
		ints := slices.Concat(g.p.ints[field], []int64{-1, 0, 1, 2, 1 << 30})
		v.SetInt(ints[g.draw(len(ints))])
	case reflect.Uint8:
		v.SetUint([]uint64{0, 0x8f, 0xff}[g.draw(3)])
	default:
		panic(fmt.Sprintf("nobody makes up a %s", v.Type()))
	}
}

// time is one that stands somewhere, or near it.
func (g *maker) time() time.Time {
	if g.draw(8) == 0 {
		return time.Time{}
	}
	at := g.p.times[g.draw(len(g.p.times))]
	return at.Add([]time.Duration{0, 0, -time.Second, time.Second, -24 * time.Hour, 24 * time.Hour, 90 * 24 * time.Hour, -1e5 * time.Hour}[g.draw(8)])
}

func arbitraryQuestion(t *rapid.T) checks.Question {
	return checks.Question{
		Purpose: rapid.SampledFrom(append(slices.Clone(checks.Purposes), "fishing")).Draw(t, "purpose"),
		Told:    arbitraryTold(t),
	}
}

func arbitraryTold(t *rapid.T) checks.Told {
	answer := rapid.SampledFrom([]checks.Answer{"", "", checks.Yes, checks.No, "perhaps"})
	return checks.Told{
		Message: rapid.SampledFrom(messages).Draw(t, "message"),
		Moment:  rapid.SampledFrom(append(slices.Clone(checks.Moments), "", "later")).Draw(t, "moment"),
		Moved:   answer.Draw(t, "moved"), Renamed: answer.Draw(t, "renamed"), Lost: answer.Draw(t, "lost"),
	}
}

func arbitraryTime(t *rapid.T, s platform.Snapshot) time.Time {
	if rapid.Bool().Draw(t, "now") {
		return s.Taken
	}
	return (&maker{t: t, p: values()}).time()
}

// clone copies a snapshot with all that it points to.
func clone(s platform.Snapshot) platform.Snapshot {
	v := reflect.New(reflect.TypeOf(s)).Elem()
	v.Set(reflect.ValueOf(s))
	unshare(v)
	return v.Interface().(platform.Snapshot)
}

// unshare gives a value its own copy of everything that it shares with others.
func unshare(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		if !v.IsNil() {
			own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			reflect.Copy(own, v)
			v.Set(own)
			for i := range v.Len() {
				unshare(v.Index(i))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() && v.Type().Elem().Kind() == reflect.Struct {
			own := reflect.New(v.Type().Elem())
			own.Elem().Set(v.Elem())
			v.Set(own)
			unshare(own.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				unshare(v.Field(i))
			}
		}
	}
}

func TestCloneSharesNothing(t *testing.T) {
	s := computer(t, "healthy")
	c := clone(s)
	c.Browsers.List[0].Profiles[0].Extensions[0].ID = "changed"
	c.Cards.List[0].Available.Auth = 1
	if s.Browsers.List[0].Profiles[0].Extensions[0].ID == "changed" || s.Cards.List[0].Available.Auth == 1 {
		t.Error("the copy shares memory with the original")
	}
}

package windows

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"

	"github.com/go-ole/go-ole"
	"github.com/go-ole/go-ole/oleutil"
)

const mostRows = 256 // that are read of one class

// Results of COM (winerror.h).
const (
	sOK          = 0
	sFalse       = 1          // S_FALSE
	failed       = 0x80004005 // E_FAIL
	changedMode  = 0x80010106 // RPC_E_CHANGED_MODE
	accessDenied = 0x80070005 // E_ACCESSDENIED
	wmiDenied    = 0x80041003 // WBEM_E_ACCESS_DENIED, wbemcli.h
)

// codeOf is the result that an error stands for; that of the exception where
// the call itself went well.
func codeOf(err error) uint32 {
	var e *ole.OleError
	if err == nil {
		return sOK
	}
	if !errors.As(err, &e) {
		return failed
	}
	if exception, ok := e.SubError().(ole.EXCEPINFO); ok && exception.SCODE() != 0 {
		return exception.SCODE()
	}
	return uint32(e.Code())
}

// comError says in two words what go-ole says in the language of Windows.
func comError(doing string, err error) error {
	switch code := codeOf(err); code {
	case accessDenied, wmiDenied:
		return fmt.Errorf("%s: %#08x: %w", doing, code, fs.ErrPermission)
	default:
		return fmt.Errorf("%s: %#08x", doing, code)
	}
}

// queryWMI reads properties of all instances of a class. It must run on a
// goroutine of its own.
func queryWMI(ctx context.Context, namespace, class string, properties ...string) ([][]any, error) {
	// The goroutine ends locked, so its thread ends with it and takes along
	// whatever COM left there.
	runtime.LockOSThread()
	switch code := codeOf(ole.CoInitializeEx(0, ole.COINIT_MULTITHREADED)); code {
	case sOK, sFalse:
		defer ole.CoUninitialize()
	case changedMode: // another has started it on this thread, which is as good
	default:
		return nil, fmt.Errorf("start COM: %#08x", code)
	}
	service, err := connectWMI(namespace)
	if err != nil {
		return nil, err
	}
	defer service.Clear()
	set, err := oleutil.CallMethod(service.ToIDispatch(), "ExecQuery", "SELECT "+strings.Join(properties, ", ")+" FROM "+class)
	if err != nil {
		return nil, comError("query "+class, err)
	}
	defer set.Clear()
	var rows [][]any
	err = eachObject(set.ToIDispatch(), func(o *ole.IDispatch) error {
		if len(rows) == mostRows {
			return fmt.Errorf("%d or more", mostRows)
		}
		row, err := readProperties(o, properties)
		rows = append(rows, row)
		return errors.Join(err, ctx.Err())
	})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", class, err)
	}
	return rows, nil
}

func connectWMI(namespace string) (*ole.VARIANT, error) {
	unknown, err := oleutil.CreateObject("WbemScripting.SWbemLocator")
	if err != nil {
		return nil, comError("create WMI locator", err)
	}
	defer unknown.Release()
	locator, err := unknown.QueryInterface(ole.IID_IDispatch)
	if err != nil {
		return nil, comError("create WMI locator", err)
	}
	defer locator.Release()
	service, err := oleutil.CallMethod(locator, "ConnectServer", ".", namespace)
	if err != nil {
		return nil, comError("connect to "+namespace, err)
	}
	return service, nil
}

// eachObject does what oleutil.ForEach does, but for hiding an error that ends
// the enumeration.
func eachObject(set *ole.IDispatch, f func(*ole.IDispatch) error) error {
	v, err := set.GetProperty("_NewEnum")
	if err != nil {
		return comError("start", err)
	}
	defer v.Clear()
	objects, err := v.ToIUnknown().IEnumVARIANT(ole.IID_IEnumVariant)
	if err != nil {
		return comError("start", err)
	}
	defer objects.Release()
	for {
		item, n, err := objects.Next(1)
		if code := codeOf(err); code != sOK && code != sFalse {
			return comError("go on", err)
		}
		if n == 0 {
			return nil
		}
		if item.ToIDispatch() != nil {
			err = f(item.ToIDispatch())
		}
		item.Clear()
		if err != nil {
			return err
		}
	}
}

// readProperties goes through Properties_: reading them by name directly is
// refused by Wine's WMI.
func readProperties(o *ole.IDispatch, names []string) ([]any, error) {
	v, err := oleutil.GetProperty(o, "Properties_")
	if err != nil {
		return nil, comError("list properties", err)
	}
	defer v.Clear()
	var row []any
	for _, name := range names {
		value, err := readProperty(v.ToIDispatch(), name)
		if err != nil {
			return nil, comError("read "+name, err)
		}
		row = append(row, value)
	}
	return row, nil
}

func readProperty(properties *ole.IDispatch, name string) (any, error) {
	p, err := oleutil.CallMethod(properties, "Item", name)
	if err != nil {
		return nil, err
	}
	defer p.Clear()
	value, err := oleutil.GetProperty(p.ToIDispatch(), "Value")
	if err != nil {
		return nil, err
	}
	defer value.Clear()
	return value.Value(), nil
}

package platform

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
)

// FailError is an error whose reason code decides on.
type FailError struct {
	Why Why
	Err error
}

// Fail gives an error a reason.
func Fail(why Why, err error) error { return &FailError{why, err} }

func (e *FailError) Error() string { return fmt.Sprintf("%s: %v", e.Why, e.Err) }

// Unwrap returns the error under the reason.
func (e *FailError) Unwrap() error { return e.Err }

// WhyOf names the reason of an error, WhyError when it has no better one.
func WhyOf(err error) Why {
	var f *FailError
	switch {
	case errors.As(err, &f):
		return f.Why
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return WhyTimedOut
	case errors.Is(err, fs.ErrPermission):
		return WhyAccessDenied
	case errors.Is(err, errors.ErrUnsupported):
		return WhyNotBuilt
	}
	return WhyError
}

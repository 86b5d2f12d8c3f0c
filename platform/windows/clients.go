package windows

import (
	"context"
	"errors"
)

func (c *Computer) clients(context.Context) (change, error) { return nil, errors.ErrUnsupported }

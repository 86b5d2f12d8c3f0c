package windows

import (
	"context"
	"errors"

	"yomitori/platform"
)

// PLACEHOLDERS so that the package builds while parts are written in parallel.
// Each writer deletes what he has written; this file is gone in the end.

type (
	Version       struct{}
	ProxyRecord   struct{}
	ProductRecord struct{}
)

func native() *Native { return &Native{} }

type change = func(*platform.Snapshot)

func (c *Computer) system(context.Context) (change, error)   { return nil, errors.ErrUnsupported }
func (c *Computer) services(context.Context) (change, error) { return nil, errors.ErrUnsupported }
func (c *Computer) network(context.Context) (change, error)  { return nil, errors.ErrUnsupported }
func (c *Computer) security(context.Context) (change, error) { return nil, errors.ErrUnsupported }

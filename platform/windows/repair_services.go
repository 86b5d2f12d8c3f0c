package windows

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"yomitori/platform"
)

// serviceLimit is how long a service may take to start or to stop: what Windows
// itself allows.
const serviceLimit = 30 * time.Second

var (
	errStoppedAgain = errors.New("the service stopped again")
	errIsDisabled   = errors.New("the service is disabled")
)

// seenService is a service of this computer of which the state is known.
func (c *Computer) seenService(name string) (platform.Service, error) {
	if !slices.Contains(watchedServices, name) {
		return platform.Service{}, notHere(name)
	}
	s := c.service(name)
	switch {
	case !s.OK():
		return s, platform.CannotRepair(platform.RepairFailed, name, errors.New(s.Detail))
	case !s.Present:
		return s, notHere(name)
	}
	return s, nil
}

func (c *Computer) planService(p *platform.RepairPlan) error {
	name := p.Repair.Target()
	s, err := c.seenService(name)
	if err != nil {
		return err
	}
	change := elevatedChange(p.Repair)
	change.Service, change.Start, change.Running = name, s.Start, s.Running
	switch p.Repair.ID() {
	case platform.RepairRestartService:
		if s.Start == platform.StartDisabled {
			p.First = []platform.Repair{platform.EnableService(name)}
			return nil
		}
		if s.Running {
			p.Heed = []platform.Heeding{platform.HeedCardsOfAll}
		}
		if change.Others, err = c.dependents(s); err != nil {
			return err
		}
	case platform.RepairEnableService:
		if s.Start != platform.StartDisabled {
			return nothingToDo(name)
		}
		change.Starts = !s.Running && c.startsOnceEnabled(name)
	case platform.RepairStopService:
		if isStopped(s) {
			return nothingToDo(name)
		}
		p.Heed = []platform.Heeding{platform.HeedUntilRestart}
	}
	p.Changes = []platform.Change{change}
	return nil
}

func isStopped(s platform.Service) bool { return s.Status == serviceStates[1] }

// repairService is the elevated side.
func (c *Computer) repairService(ctx context.Context, r platform.Repair) error {
	s, err := c.seenService(r.Target())
	if err != nil {
		return err
	}
	switch r.ID() {
	case platform.RepairRestartService:
		return c.restartService(ctx, s)
	case platform.RepairEnableService:
		return c.enableService(ctx, s)
	case platform.RepairDisableService:
		return c.disableService(ctx, s)
	case platform.RepairStopService:
		if isStopped(s) {
			return nothingToDo(s.Name)
		}
		return c.stopService(ctx, s.Name)
	case platform.RepairStartService:
		if s.Running {
			return nothingToDo(s.Name)
		}
		return c.startService(ctx, s)
	}
	return notHere(s.Name)
}

// restartService stops a service and those that need it, and starts again what
// ran, also where stopping got stuck halfway.
func (c *Computer) restartService(ctx context.Context, s platform.Service) error {
	stopped, err := c.stopAll(ctx, s)
	changed := len(stopped) > 0 || err == nil && !isStopped(s)
	if err == nil {
		err = c.startService(ctx, s)
	}
	slices.Reverse(stopped)
	for _, name := range stopped {
		again := c.startService(ctx, platform.Service{Name: name})
		if again != nil && err == nil {
			err = explained(name, again)
		}
	}
	if changed {
		err = begunService(s.Name, err)
	}
	return err
}

// stopAll stops the services that need a service, and the service. It returns
// those of the others that it stopped.
func (c *Computer) stopAll(ctx context.Context, s platform.Service) (others []string, err error) {
	dependents, err := c.dependents(s)
	if err != nil || isStopped(s) {
		return nil, err
	}
	for _, name := range dependents {
		others = append(others, name)
		if err := c.stopService(ctx, name); err != nil {
			return others, explained(name, err)
		}
	}
	return others, c.stopService(ctx, s.Name)
}

// dependents are the services that run and have to stop with a service, in the
// order in which they do.
func (c *Computer) dependents(s platform.Service) ([]string, error) {
	if isStopped(s) {
		return nil, nil
	}
	if c.o.Native.Dependents == nil {
		return nil, unsupported("list dependent services")
	}
	names, err := c.o.Native.Dependents(s.Name)
	if err != nil {
		return nil, fmt.Errorf("list services that need %s: %w", s.Name, err)
	}
	return names, nil
}

func (c *Computer) stopService(ctx context.Context, name string) error {
	if c.o.Native.StopService == nil {
		return unsupported("stop service")
	}
	err := within(ctx, serviceLimit, func() error { return c.o.Native.StopService(name) })
	if err != nil {
		return fmt.Errorf("stop service %s: %w", name, err)
	}
	err = until(ctx, serviceLimit, func() (bool, error) {
		s, err := c.askService(name)
		return isStopped(s), err
	})
	if err != nil {
		return begunService(name, fmt.Errorf("wait until service %s stops: %w", name, err))
	}
	return nil
}

func (c *Computer) startService(ctx context.Context, s platform.Service) error {
	if c.o.Native.StartService == nil {
		return unsupported("start service")
	}
	if s.Start == platform.StartDisabled {
		return platform.CannotRepair(platform.RepairChanged, s.Name, errIsDisabled)
	}
	err := within(ctx, serviceLimit, func() error { return c.o.Native.StartService(s.Name) })
	if err != nil {
		return fmt.Errorf("start service %s: %w", s.Name, err)
	}
	err = until(ctx, serviceLimit, func() (bool, error) {
		now, err := c.askService(s.Name)
		if err == nil && isStopped(now) {
			err = errStoppedAgain
		}
		return now.Running, err
	})
	if err != nil {
		return begunService(s.Name, fmt.Errorf("wait until service %s starts: %w", s.Name, err))
	}
	return nil
}

// enableService brings a service back to how Windows ships it
// (facts/os-browser.md 3.1), and starts it where nothing else would.
func (c *Computer) enableService(ctx context.Context, s platform.Service) error {
	start := c.startsOnceEnabled(s.Name)
	disabled := s.Start == platform.StartDisabled
	if !disabled && (s.Running || !start) {
		return nothingToDo(s.Name)
	}
	if disabled {
		if err := c.setServiceStart(s.Name, platform.StartManual); err != nil {
			return err
		}
		s.Start = platform.StartManual
	}
	if !start || s.Running {
		return nil
	}
	err := c.startService(ctx, s)
	if disabled {
		err = begunService(s.Name, err)
	}
	return err
}

// startsOnceEnabled reports whether a service is started when it is not disabled
// any more: the trigger of SCardSvr waits for the next reader to arrive.
func (c *Computer) startsOnceEnabled(name string) bool {
	return name == "CertPropSvc" || name == "SCardSvr" && c.readerAttached()
}

// disableService takes enableService back. The start type comes first, so that
// nothing starts the service meanwhile.
func (c *Computer) disableService(ctx context.Context, s platform.Service) error {
	disabled := s.Start == platform.StartDisabled
	if disabled && isStopped(s) {
		return nothingToDo(s.Name)
	}
	if !disabled {
		if err := c.setServiceStart(s.Name, platform.StartDisabled); err != nil {
			return err
		}
	}
	_, err := c.stopAll(ctx, s)
	if !disabled {
		err = begunService(s.Name, err)
	}
	return err
}

func (c *Computer) setServiceStart(name string, start platform.ServiceStart) error {
	if c.o.Native.SetServiceStart == nil {
		return unsupported("change start of service")
	}
	if err := c.o.Native.SetServiceStart(name, start); err != nil {
		return fmt.Errorf("change start of service %s: %w", name, err)
	}
	return nil
}

// readerAttached reports whether there is a reader for SCardSvr to serve.
func (c *Computer) readerAttached() bool {
	if c.o.Native.Devices == nil {
		return false
	}
	records, err := c.o.Native.Devices()
	return err == nil && slices.ContainsFunc(deviceList(records), func(d platform.Device) bool {
		return d.Problem == 0 && (d.Class == platform.ClassCCID || d.Class == platform.ClassKnownReader)
	})
}

// begunService is begun for a service, which does not go away: an answer that
// something is missing comes of a change that stands.
func begunService(on string, err error) error {
	err = begun(on, err)
	if err != nil && platform.RepairWhyOf(explained(on, err)) == platform.RepairGone {
		return platform.CannotRepair(platform.RepairFailed, on, err)
	}
	return err
}

package windows

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"yomitori/platform"
)

// watchedServices are those that cards need, and PcaSvc, which S2 of
// facts/os-browser.md 3.1 has stopped when it blocks a card driver.
var watchedServices = []string{"SCardSvr", "ScDeviceEnum", "CertPropSvc", "SCPolicySvc", "PcaSvc"}

const keyServices = `SYSTEM\CurrentControlSet\Services\`

// services fails as a whole only when no service could be asked in any way;
// what the registry told is kept even then.
func (c *Computer) services(context.Context) (change, error) {
	v := platform.Services{Look: platform.Seen()}
	for _, name := range watchedServices {
		v.List = append(v.List, c.service(name))
	}
	if !slices.ContainsFunc(v.List, func(s platform.Service) bool { return s.OK() || s.Present }) {
		v.Look = v.List[0].Look
	}
	return func(s *platform.Snapshot) { s.Services = v }, nil
}

// service asks the service manager, and the registry for what that did not
// tell. Whether the service runs is known to the service manager only, so
// without it the service was not observed.
func (c *Computer) service(name string) platform.Service {
	s, err := c.askService(name)
	s.Name, s.Look = name, platform.Seen()
	if err != nil {
		s.Look = failure(err)
	} else if !s.Present || s.Start != platform.StartUnknown && s.Triggers != nil {
		return s
	}
	var n notes
	err = c.withKey(Machine, keyServices+name, View64, func(k Key) error {
		s.Present = true
		if s.Start == platform.StartUnknown {
			start, err := k.Number("Start")
			n.add(err)
			s.Start = startOf(start)
		}
		return nil
	})
	n.add(err)
	if s.Present && s.Triggers == nil {
		s.Triggers, err = c.triggers(name)
		n.add(err)
	}
	if s.OK() {
		s.Look = n.look()
	}
	return s
}

func (c *Computer) askService(name string) (platform.Service, error) {
	if c.o.Native.Service == nil {
		return platform.Service{}, fmt.Errorf("ask for service %s: %w", name, errors.ErrUnsupported)
	}
	s, err := c.o.Native.Service(name)
	if err != nil {
		return s, fmt.Errorf("ask for service %s: %w", name, err)
	}
	return s, nil
}

// startOf names the start types of winnt.h. Types 0 and 1 are for drivers.
func startOf(number uint64) platform.ServiceStart {
	switch number {
	case 2:
		return platform.StartAutomatic
	case 3:
		return platform.StartManual
	case 4:
		return platform.StartDisabled
	}
	return platform.StartUnknown
}

var serviceStates = []string{
	1: "stopped", 2: "start-pending", 3: "stop-pending", 4: "running",
	5: "continue-pending", 6: "pause-pending", 7: "paused",
}

// statusOf names the states of a service (winsvc.h, SERVICE_…).
func statusOf(state uint32) (status string, running bool) {
	if uint64(state) >= uint64(len(serviceStates)) {
		return "", false
	}
	status = serviceStates[state]
	return status, status == "running"
}

const (
	actionStart   = 1  // SERVICE_TRIGGER_ACTION_SERVICE_START
	typeArrival   = 1  // SERVICE_TRIGGER_TYPE_DEVICE_INTERFACE_ARRIVAL
	mostTriggers  = 64 // that are believed
	triggersBelow = `\TriggerInfo`
)

// addTrigger adds what starts a service, each kind once.
func addTrigger(list []string, kind, action uint64) []string {
	name := strconv.FormatUint(kind, 10)
	if kind == typeArrival {
		name = "device-arrival"
	}
	if action != actionStart || slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}

// triggers reads the triggers from the registry, one key each.
func (c *Computer) triggers(service string) ([]string, error) {
	list := []string{}
	path := keyServices + service + triggersBelow
	var keys []string
	err := c.withKey(Machine, path, View64, func(k Key) (err error) {
		keys, err = k.Keys()
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, key := range keys[:min(len(keys), mostTriggers)] {
		err := c.withKey(Machine, path+`\`+key, View64, func(k Key) error {
			kind, err := k.Number("Type")
			if err != nil {
				return err
			}
			action, err := k.Number("Action")
			list = addTrigger(list, kind, action)
			return err
		})
		if err != nil {
			return list, err
		}
	}
	return list, nil
}

// parseTriggers reads a SERVICE_TRIGGER_INFO as QueryServiceConfig2 fills it
// in: structures that point into the buffer itself, which lies at address
// base. Word is the size of a pointer.
func parseTriggers(raw []byte, base uint64, word int) ([]string, error) {
	number := func(at, size int) (uint64, error) {
		if at < 0 || at > len(raw)-size {
			return 0, fmt.Errorf("read triggers: offset %d of %d bytes", at, len(raw))
		}
		if size == 8 {
			return binary.LittleEndian.Uint64(raw[at:]), nil
		}
		return uint64(binary.LittleEndian.Uint32(raw[at:])), nil
	}
	count, err := number(0, 4)
	if err != nil || count == 0 {
		return []string{}, err
	}
	first, err := number(word, word) // after the count and padding
	if err != nil {
		return nil, err
	}
	if first < base || first-base > uint64(len(raw)) {
		return nil, errors.New("read triggers: they lie outside of the answer")
	}
	// Type, action, subtype, number of data, data: the numbers are followed by
	// padding where a pointer is wider.
	size := 8 + 3*word
	list := []string{}
	for i := range int(min(count, mostTriggers)) {
		at := int(first-base) + i*size
		kind, err := number(at, 4)
		if err != nil {
			return list, err
		}
		action, err := number(at+4, 4)
		if err != nil {
			return list, err
		}
		list = addTrigger(list, kind, action)
	}
	return list, nil
}

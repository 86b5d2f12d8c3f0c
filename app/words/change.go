package words

import (
	"strconv"
	"strings"

	"yomitori/assets"
	"yomitori/platform"
)

// Change says in one line what a change touches, exactly.
func Change(t assets.Texts, c platform.Change) string {
	return changeText(t, changeKey(t, c), c)
}

// ChangeBack says in one line what taking a change back does.
func ChangeBack(t assets.Texts, c platform.Change) string {
	if c.Kind == platform.ChangeElevated && c.Back != (platform.Repair{}) {
		c.Do, c.Running = c.Back, true
		return Change(t, c)
	}
	back := strings.Replace(changeKey(t, c), "change.", "change-back.", 1)
	if !t.Has(back) {
		return t.Text("change-back.other", assets.Args{"change": Change(t, c)})
	}
	return changeText(t, back, c)
}

func changeText(t assets.Texts, key string, c platform.Change) string {
	return t.Text(key, assets.Args{
		"browser": Browser(t, c.Browser), "profile": c.Profile, "path": c.Path, "host": c.Host,
		"count": strconv.Itoa(c.Count), "size": size(c.Bytes), "process": strconv.Itoa(c.Process), "program": c.Program,
		"service": Service(t, serviceOf(c)), "start": t.Text("service-start." + string(c.Start)), "device": deviceOf(c),
		"issuer": c.Issuer, "from": Date(t, c.NotBefore), "date": Date(t, c.NotAfter), "place": placeOf(t, c),
		"others": others(t, c.Others),
	})
}

// changeKey is the sentence for what the change tells.
func changeKey(t assets.Texts, c platform.Change) string {
	key := "change." + string(c.Kind)
	switch c.Kind {
	case platform.ChangeElevated:
		key += "." + string(c.Do.ID())
		switch {
		case c.Starts:
			return narrowest(t, key, key+".starts")
		case !c.Running:
			return narrowest(t, key, key+".stopped")
		case len(c.Others) > 0:
			return narrowest(t, key, key+".others")
		}
	case platform.ChangeCloseBrowser:
		if c.Count > 0 {
			return key + ".count"
		}
	case platform.ChangeEndProcess:
		switch {
		case c.Browser != "" && c.Count > 0 && c.Running:
			return key + ".running"
		case c.Browser != "" && c.Count > 0:
			return key + ".ended"
		case c.Browser != "" && c.Process == 0:
			return key + ".left"
		case c.Browser != "":
			return key + ".browser"
		}
	case platform.ChangeCertificate:
		if c.NotBefore.IsZero() { // a journal of an earlier version
			return key + ".until"
		}
	case platform.ChangeCookies:
		if c.Host == "" {
			return key + ".all"
		}
	}
	return key
}

// others names the services that stop with another one.
func others(t assets.Texts, services []string) string {
	var names []string
	for _, s := range services {
		names = append(names, Service(t, platform.Printable(s, platform.LongestName)))
	}
	return list(t, names)
}

func serviceOf(c platform.Change) string {
	if c.Service == "" {
		return c.Do.Target()
	}
	return c.Service
}

// deviceOf is what the device calls itself, or its handle.
func deviceOf(c platform.Change) string {
	switch {
	case c.DeviceName != "":
		return c.DeviceName
	case c.Device != "":
		return c.Device
	}
	return c.Do.Target()
}

// placeOf says which place opens, or is "": a journal may name one that is none.
func placeOf(t assets.Texts, c platform.Change) string {
	r, err := platform.ParseRepair(string(platform.RepairOpen) + ":" + string(c.Place))
	if err != nil {
		return string(c.Place)
	}
	if page := c.Place.Page(); page != "" {
		return t.Text("change.open.page", assets.Args{"place": Repair(t, r), "page": page})
	}
	return Repair(t, r)
}

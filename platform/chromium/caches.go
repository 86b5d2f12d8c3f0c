package chromium

import (
	"path"
	"slices"

	"yomitori/platform"
)

// cacheFolders hold nothing but what the browser can load again
// (facts/os-browser.md 5.1).
var cacheFolders = []string{"Cache", "Code Cache", "GPUCache"}

// PlanCache lists the caches of all profiles.
func (u *UserData) PlanCache() ([]platform.Change, error) {
	profiles, err := u.profiles()
	if err != nil {
		return nil, err
	}
	var changes []platform.Change
	for _, p := range profiles {
		for _, t := range []tree{u.data, u.caches} {
			if t.root == nil {
				continue
			}
			for _, name := range cacheFolders {
				c := platform.Change{Kind: platform.ChangeCacheFolder, Browser: u.browser, Profile: p.told}
				there, err := t.measure(path.Join(p.folder, name), &c)
				if err != nil {
					return nil, inProfileTold(p.told, err)
				}
				if there {
					changes = append(changes, c)
				}
			}
		}
	}
	return changes, nil
}

// removeCache removes a cache. Nothing of it is kept, and one that is gone by
// now is what was wanted.
func (u *UserData) removeCache(c platform.Change) error {
	for _, t := range []tree{u.data, u.caches} {
		rel, ok := t.place(c.Path)
		if !ok || !slices.ContainsFunc(cacheFolders, func(name string) bool { return inProfile(rel, name) }) {
			continue
		}
		if _, err := t.lookFolder(rel); err != nil {
			return err
		}
		return cause(path.Base(rel), u.remove(t, rel))
	}
	return elsewhere(c)
}

package chromium

// OnStage has a function told how far a change came.
func (u *UserData) OnStage(f func(stage string)) { u.stage = f }

// AsideSuffix ends the name of a folder that is being removed.
const AsideSuffix = asideSuffix

// Path is the path of a place below the user data folder.
func (u *UserData) Path(rel string) string { return u.data.full(rel) }

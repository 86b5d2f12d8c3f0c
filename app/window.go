package app

import (
	"context"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"yomitori/app/wizard"
	"yomitori/assets"
)

// openWindow runs the wizard until its window is closed or ctx ends.
func openWindow(ctx context.Context, o wizard.Options) error {
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: appID, Name: appName, Version: appVersion, Build: 1,
		Icon:       fyne.NewStaticResource("icon.png", assets.Icon()),
		Migrations: map[string]bool{"fyneDo": true},
	})
	a := fyneapp.NewWithID(appID)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	printed := &pages{open: a.OpenURL}
	defer printed.remove()
	o.Browse = printed.browse
	w := wizard.New(a, o)
	w.Start(ctx)
	context.AfterFunc(ctx, func() { fyne.Do(a.Quit) })
	w.Window().ShowAndRun()
	w.End()
	return nil
}

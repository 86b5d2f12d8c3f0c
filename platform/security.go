package platform

// Security is the security software that was found. It is observed when any
// of the ways to look succeeded; Center tells of the system's own list, which
// some editions of Windows do not have.
type Security struct {
	Look
	Center   Look              `json:"center,omitzero" share:"plain"`
	Products []SecurityProduct `json:"products,omitempty" share:"plain"`
}

// SecurityProduct is one product.
type SecurityProduct struct {
	Name string `json:"name" share:"plain"`
	// Family names a product that is known to stand between browser and
	// card: "eset", "rapport"; "defender" for what Windows brings.
	Family string `json:"family,omitempty" share:"plain"`
	Active Switch `json:"active,omitempty" share:"plain"`
	// State is the number that the system's list gives, hex; how it is made
	// up is not published.
	State  string         `json:"state,omitempty" share:"plain"`
	Source SecuritySource `json:"source" share:"plain"`
}

// SecuritySource is where a product was found.
type SecuritySource string

// Sources.
const (
	SecurityCenter    SecuritySource = "center"    // the system's list
	SecurityProcess   SecuritySource = "process"   // a running program
	SecurityInstaller SecuritySource = "installer" // the list of installed programs
)

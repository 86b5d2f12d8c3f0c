package platform

// Services are the system services that smart cards need.
type Services struct {
	Look
	List []Service `json:"list,omitempty" share:"plain"`
}

// Service is one system service. Its look says whether this one could be asked.
type Service struct {
	Look
	Name    string `json:"name" share:"plain"` // "pcscd", "SCardSvr", …
	Present bool   `json:"present" share:"plain"`
	Running bool   `json:"running" share:"plain"`
	// Status is the state in the system's words where it has more than two:
	// "start-pending", "stop-pending", "paused", …
	Status string       `json:"status,omitempty" share:"plain"`
	Start  ServiceStart `json:"start,omitempty" share:"plain"`
	// Triggers are what starts the service by itself: "device-arrival", or the
	// number of a kind that has no name here.
	Triggers []string `json:"triggers,omitempty" share:"plain"`
}

// Find returns the service with a name, or nil.
func (s Services) Find(name string) *Service {
	for i := range s.List {
		if s.List[i].Name == name {
			return &s.List[i]
		}
	}
	return nil
}

// ServiceStart says when the system starts a service.
type ServiceStart string

// Ways to start. Manual is what Windows ships for SCardSvr; on Linux it stands
// for socket activation.
const (
	StartUnknown   ServiceStart = ""
	StartAutomatic ServiceStart = "automatic"
	StartManual    ServiceStart = "manual"
	StartDisabled  ServiceStart = "disabled"
)

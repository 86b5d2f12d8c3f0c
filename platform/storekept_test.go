package platform_test

import (
	"testing"
	"time"

	"yomitori/platform"
)

func TestIsDead(t *testing.T) {
	begin, end := time.Date(2024, 5, 10, 0, 0, 0, 0, time.UTC), time.Date(2029, 5, 9, 14, 59, 59, 0, time.UTC)
	for _, tt := range []struct {
		name string
		c    platform.StoreCertificate
		now  time.Time
		want bool
	}{
		{"in its last second", platform.StoreCertificate{NotBefore: begin, NotAfter: end, HasKey: true}, end.Add(999 * time.Millisecond), false},
		{"ended", platform.StoreCertificate{NotBefore: begin, NotAfter: end, HasKey: true}, end.Add(time.Second), true},
		{"without a key", platform.StoreCertificate{NotBefore: begin, NotAfter: end}, begin, true},
		{"to begin, without a key", platform.StoreCertificate{NotBefore: begin, NotAfter: end}, begin.Add(-time.Second), false},
		{"without dates", platform.StoreCertificate{HasKey: true}, end, false},
	} {
		if got := tt.c.IsDead(tt.now); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

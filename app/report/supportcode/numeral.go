package supportcode

import "math/big"

// numeral is a number that values are put into and taken out of, the last one put
// in first: an asymmetric numeral system without rounding. A value costs the
// less the more likely it is.
type numeral struct{ n big.Int }

// slot is where a value lies among total equal parts: it has width of them, from
// start on.
type slot struct{ start, width, total int64 }

func (x *numeral) put(s slot) {
	q, r := new(big.Int).QuoRem(&x.n, big.NewInt(s.width), new(big.Int))
	q.Mul(q, big.NewInt(s.total))
	x.n.Add(q, r.Add(r, big.NewInt(s.start)))
}

// part tells which of total parts the value lies in that comes next.
func (x *numeral) part(total int64) int64 {
	return new(big.Int).Mod(&x.n, big.NewInt(total)).Int64()
}

// take removes the value that lies in a slot.
func (x *numeral) take(s slot) {
	q, r := new(big.Int).QuoRem(&x.n, big.NewInt(s.total), new(big.Int))
	q.Mul(q, big.NewInt(s.width))
	x.n.Add(q, r.Sub(r, big.NewInt(s.start)))
}

// empty reports whether everything was taken out.
func (x *numeral) empty() bool { return x.n.Sign() == 0 }

// model says how likely each of some values is.
type model []int64

// evenly is the model of n values that are equally likely.
func evenly(n int) model {
	m := make(model, n)
	for i := range m {
		m[i] = 1
	}
	return m
}

func (m model) total() (sum int64) {
	for _, w := range m {
		sum += w
	}
	return sum
}

// put puts a value of the model.
func (m model) put(x *numeral, value int) {
	var start int64
	for _, w := range m[:value] {
		start += w
	}
	x.put(slot{start, m[value], m.total()})
}

// take takes the next value out.
func (m model) take(x *numeral) int {
	total := m.total()
	at, start := x.part(total), int64(0)
	for value, w := range m {
		if at < start+w {
			x.take(slot{start, w, total})
			return value
		}
		start += w
	}
	panic("supportcode: a part beyond the whole")
}

// SPDX-License-Identifier: Apache-2.0

package main

import "fmt"

// Results are pointers that live as long as the function has a defer: they have to be initialised.
var withResults = map[string]func(int) int{
	"named":   func(n int) int { p, text, _, err := named(n); return *p + len(text) - 5 + failures(err) },
	"early":   func(n int) int { return *early(&box{}, n) },
	"array":   func(n int) int { values, err := array(n); return *values[3] + failures(err) },
	"tenth":   func(n int) int { values, err := tenth(n); return *values[3] + failures(err) },
	"escaped": func(n int) int { get, err := escaped(n); return *get() + failures(err) },
	"huge":    func(n int) int { values := huge(n); return *values[63] },
	"many": func(n int) int {
		return *many(&n, "a", []byte("b"), nil, &n, "c", []byte("d"), nil, [4]*int{&n}) + 1
	},
	"wide": func(n int) int { return *wide(n) },
}

func failures(err error) int {
	if err != nil {
		return 1000
	}
	return 0
}

//go:noinline
func named(n int) (p *int, text string, bytes []byte, err error) {
	defer func() {
		ran()
		if err == nil {
			text += "!"
		}
	}()
	m := other(n) + 1
	return &m, "text", []byte{byte(n)}, nil
}

type box struct{ content *int }

// early writes to memory before anything else may fail.
//
//go:noinline
func early(b *box, n int) (p *int) {
	defer ran()
	b.content = nil
	m := other(n) + 1
	p = &m
	return p
}

// array has its results in memory, not in registers.
//
//go:noinline
func array(n int) (values [4]*int, err error) {
	defer ran()
	m := other(n) + 1
	values[3] = &m
	return values, nil
}

// tenth is array with defers that are not open-coded.
//
//go:noinline
func tenth(n int) (values [4]*int, err error) {
	for range other(10) {
		defer ran()
	}
	m := other(n) + 1
	values[3] = &m
	return values, nil
}

// escaped has a result that is moved to the heap.
//
//go:noinline
func escaped(n int) (get func() *int, err error) {
	var p *int
	defer func() {
		ran()
		if err != nil {
			err = fmt.Errorf("%w, deferred", err)
		}
	}()
	m := other(n) + 1
	p = &m
	kept = &err
	return func() *int { return p }, nil
}

var kept *error

//go:noinline
func huge(n int) (values [64]*int) {
	defer ran()
	m := other(n) + 1
	values[63] = &m
	return values
}

//go:noinline
func many(p *int, a string, b []byte, c error, q *int, d string, e []byte, f error, g [4]*int) (r *int) {
	defer func() {
		ran()
		if p != q || len(a)+len(d) != 2 || len(b)+len(e) != 2 || c != f {
			r = nil
		}
	}()
	p = g[0]
	m := other(*p)
	return &m
}

// wide has so large a frame that its defer bits are far from the stack pointer.
//
//go:noinline
func wide(n int) (p *int) {
	defer ran()
	var frame [600]byte
	var pointers [20]*int
	for i := range pointers {
		frame[i] = byte(other(n))
		m := other(n) + 1
		pointers[i] = &m
	}
	return pointers[other(int(frame[0]))%20]
}

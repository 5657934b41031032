// SPDX-License-Identifier: Apache-2.0

package main

var functions = map[string]func(int) int{
	"none":        none,
	"one":         one,
	"eight":       eight,
	"ten":         ten,
	"loop":        loop,
	"conditional": conditional,
	"returns":     returns,
	"recovering":  recovering,
	"closure":     closure(1),
	"pointer":     (&adder{step: 1}).pointer,
	"value":       adder{step: 1}.value,
	"generic":     generic[int],
	"nested":      nested,
}

func init() {
	for name, function := range withResults {
		functions[name] = function
	}
}

//go:noinline
func other(n int) int { return n }

//go:noinline
func none(n int) int { return other(n) + 1 }

//go:noinline
func one(n int) int {
	defer ran()
	return other(n) + 1
}

//go:noinline
func eight(n int) int {
	defer ran()
	defer ran()
	defer ran()
	defer ran()
	defer ran()
	defer ran()
	defer ran()
	defer ran()
	return other(n) + 1
}

// ten are too many to be open-coded.
//
//go:noinline
func ten(n int) int {
	defer ran()
	defer ran()
	defer ran()
	defer ran()
	defer ran()
	defer ran()
	defer ran()
	defer ran()
	defer ran()
	defer ran()
	return other(n) + 1
}

//go:noinline
func loop(n int) int {
	for range other(3) {
		defer ran()
	}
	return other(n) + 1
}

//go:noinline
func conditional(n int) int {
	if other(n) >= 0 {
		defer ran()
	}
	return other(n) + 1
}

// returns has so many of them that its defers are not open-coded.
//
//go:noinline
func returns(n int) int {
	defer ran()
	defer ran()
	switch other(n) % 8 {
	case 0:
		return other(n) + 1
	case 1:
		return other(n+1) + 0
	case 2:
		return other(n+2) - 1
	case 3:
		return other(n+3) - 2
	case 4:
		return other(n+4) - 3
	case 5:
		return other(n+5) - 4
	case 6:
		return other(n+6) - 5
	}
	return other(n+7) - 6
}

// recovering would answer all the same, if the panic began after its defer.
//
//go:noinline
func recovering(n int) (result int) {
	defer func() {
		ran()
		if recover() != nil {
			result = n + 1
		}
	}()
	return other(n) + 1
}

//go:noinline
func closure(step int) func(int) int {
	return func(n int) int {
		defer ran()
		step = other(step)
		return other(n) + step
	}
}

type adder struct {
	step int
	name string
}

//go:noinline
func (a *adder) pointer(n int) int {
	defer ran()
	return other(n) + a.step
}

//go:noinline
func (a adder) value(n int) int {
	defer ran()
	return other(n) + a.step
}

//go:noinline
func generic[T int | int64](n T) T {
	defer ran()
	return T(other(int(n))) + 1
}

// nested calls one in a deferred function, while it panics already.
func nested(n int) (result int) {
	defer func() {
		recover()
		result = n + 1
	}()
	defer one(n)
	if other(n) >= 0 {
		panic("nested")
	}
	return 0
}

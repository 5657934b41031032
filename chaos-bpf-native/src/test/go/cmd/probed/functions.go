// SPDX-License-Identifier: Apache-2.0

package main

import "strings"

var functions = map[string]func(int) int{
	"framed":   framed,
	"leaf":     leaf,
	"deep":     deep,
	"method":   (&counter{step: 1}).add,
	"value":    (&counter{step: 1}).plus,
	"generic":  generic[int],
	"inlined":  func(n int) int { return inlined(n) },
	"closure":  closure(1),
	"nosplit":  nosplit,
	"pointing": pointing,
}

type counter struct{ step int }

//go:noinline
func (c *counter) add(n int) int {
	return other(n + c.step)
}

// plus is left to the compiler, which puts it into its method value.
func (c *counter) plus(n int) int {
	return n + c.step
}

//go:noinline
func framed(n int) int {
	return other(n + 1)
}

//go:noinline
func other(n int) int {
	if n < 0 {
		panic(strings.Repeat("-", -n))
	}
	return n
}

// leaf needs no frame.
//
//go:noinline
func leaf(n int) int {
	return n + 1
}

// deep needs so large a frame that a small stack has to grow.
//
//go:noinline
func deep(n int) int {
	var frame [16 << 10]byte
	for i := range frame {
		frame[i] = byte(n)
	}
	return other(n+1) + int(frame[n%len(frame)]) - int(byte(n))
}

//go:noinline
func generic[T int | int64](n T) T {
	return T(other(int(n))) + 1
}

func inlined(n int) int {
	return n + 1
}

// closure keeps what it has captured in a register that the growth of its stack does not keep.
//
//go:noinline
func closure(step int) func(int) int {
	return func(n int) int { return other(n + step) }
}

// nosplit has no check of its stack.
//
//go:nosplit
//go:noinline
func nosplit(n int) int {
	return unchecked(n) + 1
}

//go:nosplit
//go:noinline
func unchecked(n int) int {
	return n
}

// pointing calls a function with arguments of all kinds, on a stack that has grown and that the collector shrinks.
func pointing(n int) int {
	deep(n)
	onStack := [4]int{n, 1, 2, 3}
	return pointed(&counter{step: 1}, &onStack, strings.Repeat("x", 100), 0.5, 1.5)
}

//go:noinline
func pointed(onHeap *counter, onStack *[4]int, text string, half, more float64) int {
	if len(text) != 100 || text[99] != 'x' || half+more != 2 {
		return -1
	}
	return other(onStack[0] + onHeap.step + onStack[3] - 3)
}

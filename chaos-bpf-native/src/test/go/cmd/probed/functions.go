// SPDX-License-Identifier: Apache-2.0

package main

import "strings"

var functions = map[string]func(int) int{
	"framed":  framed,
	"leaf":    leaf,
	"deep":    deep,
	"method":  (&counter{step: 1}).add,
	"value":   (&counter{step: 1}).plus,
	"generic": generic[int],
	"inlined": func(n int) int { return inlined(n) },
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

// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"math"
	"slices"
)

// table compares turns of two, pair by pair, in Markdown.
type table[T any] struct{ without, with []T }

func newTable[T any](a, b string, without, with []T) table[T] {
	fmt.Printf("| | %s | %s | difference or ratio |\n|---|---|---|---|\n", a, b)
	return table[T]{without, with}
}

func (t table[T]) row(name string, of func(T) float64, compare func(a, b float64) float64) {
	var a, b, both []float64
	for i := range t.without {
		a, b = append(a, of(t.without[i])), append(b, of(t.with[i]))
		both = append(both, compare(of(t.without[i]), of(t.with[i])))
	}
	fmt.Printf("| %s | %s | %s | %s |\n", name, spread(a), spread(b), spread(both))
}

func difference(a, b float64) float64 { return b - a }

// spread is the median with its interval, by order statistics: of few turns it is all that was seen.
func spread(values []float64) string {
	slices.Sort(values)
	n := float64(len(values))
	low := max(0, int(n/2-0.98*math.Sqrt(n)))
	return fmt.Sprintf("%.4g (%.4g to %.4g)", values[len(values)/2], values[low], values[len(values)-1-low])
}

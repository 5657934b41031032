// SPDX-License-Identifier: Apache-2.0

// Command deferring is what panics in functions with a defer are tested on. It reads a command a line and answers with
// a line:
//
//	call FUNCTION CALLS   ok returned=N recovered=N wrong=N deferred=N: how often the function's own defers ran
//
// Each call is made on a small stack full of what is no pointer. While it panics, the stack grows and is moved, and now
// and then the garbage collector looks at it: who leaves a frame in which a pointer is not initialised ends the program.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

func main() {
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() {
		fmt.Println(answer(strings.Fields(input.Text())))
	}
}

func answer(words []string) string {
	if len(words) != 3 || words[0] != "call" || functions[words[1]] == nil {
		return "error " + strings.Join(words, " ")
	}
	calls := 0
	fmt.Sscan(words[2], &calls)
	return call(functions[words[1]], calls)
}

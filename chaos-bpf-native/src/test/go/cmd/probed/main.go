// SPDX-License-Identifier: Apache-2.0

// Command probed is what faults in Go functions are tested on. It reads a command a line and answers with a line:
//
//	call FUNCTION CALLS GOROUTINES [label=KEY=VALUE] [by=worker|assistant] [beside=gc]
//	                      ok returned=N recovered=N wrong=N p50_us=N p99_us=N max_us=N
//	rate FUNCTION PER_SECOND MILLISECONDS
//	                      the same answer: calls at planned times, from which each counts
//	begin FUNCTION        ok: calls in the background, until `end`
//	end                   ok returned=N recovered=N wrong=N last_hit_ns=N
//	gc MILLISECONDS       ok cycles=N p50_us=N p99_us=N max_us=N: runtime.GC() in a loop
//	time FUNCTION CALLS   ok ns=N: for a call
//	exec                  begins anew, as the same program in the same process, and answers what comes next
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"
)

func main() {
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() {
		fmt.Println(answer(strings.Fields(input.Text())))
	}
}

func answer(words []string) string {
	switch {
	case len(words) >= 4 && words[0] == "call" && functions[words[1]] != nil:
		return call(functions[words[1]], number(words[2]), number(words[3]), words[4:])
	case len(words) == 4 && words[0] == "rate" && functions[words[1]] != nil:
		return rate(functions[words[1]], number(words[2]), time.Duration(number(words[3]))*time.Millisecond)
	case len(words) == 2 && words[0] == "begin" && functions[words[1]] != nil:
		background.begin(functions[words[1]])
		return "ok"
	case len(words) == 1 && words[0] == "end":
		return background.end()
	case len(words) == 2 && words[0] == "gc":
		return collect(time.Duration(number(words[1])) * time.Millisecond)
	case len(words) == 3 && words[0] == "time" && functions[words[1]] != nil:
		return measure(functions[words[1]], number(words[2]))
	}
	if len(words) == 1 && words[0] == "exec" {
		words = append(words, fmt.Sprint(syscall.Exec("/proc/self/exe", os.Args, os.Environ())))
	}
	return "error " + strings.Join(words, " ")
}

func number(text string) (n int) {
	fmt.Sscan(text, &n)
	return n
}

func collect(long time.Duration) string {
	var times []time.Duration
	for begin := time.Now(); time.Since(begin) < long; {
		start := time.Now()
		runtime.GC()
		times = append(times, time.Since(start))
	}
	return fmt.Sprintf("ok cycles=%d %s", len(times), quantiles(times))
}

func measure(function func(int) int, n int) string {
	start := time.Now()
	for i := range n {
		function(i)
	}
	return fmt.Sprintf("ok ns=%d", time.Since(start).Nanoseconds()/int64(n))
}

// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"unsafe"
)

const callsPerCollection = 20

var (
	deferred atomic.Int64 // how often the functions' own defers ran
	freed    = freedMemory()
)

func ran() { deferred.Add(1) }

type outcome struct{ returned, recovered, wrong int }

func call(function func(int) int, calls int) string {
	var all outcome
	deferred.Store(0)
	for i := range calls {
		done := make(chan struct{})
		go func() {
			defer close(done)
			all.call(function, i)
		}()
		<-done
	}
	return fmt.Sprintf("ok returned=%d recovered=%d wrong=%d deferred=%d", all.returned, all.recovered, all.wrong,
		deferred.Load())
}

func (o *outcome) call(function func(int) int, i int) {
	defer func() {
		grow(20)
		if i%callsPerCollection == 0 {
			runtime.GC()
		}
		if recover() != nil {
			o.recovered++
		}
	}()
	soil()
	if function(i) == i+1 {
		o.returned++
	} else {
		o.wrong++
	}
}

// soil leaves small numbers and addresses of freed memory where the next call has its frame. The runtime ends the
// program when it meets one of them where the frame should have a pointer.
//
//go:noinline
func soil() {
	var frame [180]uintptr
	for i := range frame {
		frame[i] = 0x123
		if i%2 == 0 {
			frame[i] = freed
		}
	}
	runtime.KeepAlive(&frame)
}

// freedMemory is an address in memory that the garbage collector has taken back.
func freedMemory() uintptr {
	address := uintptr(unsafe.Pointer(new([1 << 20]byte)))
	runtime.GC()
	runtime.GC()
	return address
}

// grow needs more stack than a goroutine begins with.
//
//go:noinline
func grow(depth int) int {
	var frame [1024]byte
	frame[depth] = 1
	if depth > 0 {
		return grow(depth-1) + int(frame[depth])
	}
	return 0
}

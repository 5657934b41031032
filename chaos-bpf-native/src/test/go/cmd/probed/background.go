// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"
)

// held is how long a call takes that was delayed and not just late.
const held = 100 * time.Millisecond

// stream of calls, several in a millisecond.
type stream struct {
	outcome
	lastHit int64 // when the latest call began that panicked or was held
	stop    atomic.Bool
	stopped chan struct{}
}

var background stream

func (s *stream) begin(function func(int) int) {
	s.outcome, s.lastHit, s.stopped = outcome{}, 0, make(chan struct{})
	s.stop.Store(false)
	go s.run(function)
}

func (s *stream) run(function func(int) int) {
	defer close(s.stopped)
	for i := 0; !s.stop.Load(); i++ {
		began, start := monotonic(), time.Now()
		if s.call(function, i) || time.Since(start) >= held {
			s.lastHit = began
		}
		time.Sleep(100 * time.Microsecond)
	}
}

func (s *stream) end() string {
	s.stop.Store(true)
	<-s.stopped
	return fmt.Sprintf("ok returned=%d recovered=%d wrong=%d last_hit_ns=%d", s.returned, s.recovered, s.wrong, s.lastHit)
}

// monotonic is the clock of the helper's t_*_ns.
func monotonic() int64 {
	var t syscall.Timespec
	syscall.Syscall(syscall.SYS_CLOCK_GETTIME, 1, uintptr(unsafe.Pointer(&t)), 0)
	return t.Nano()
}

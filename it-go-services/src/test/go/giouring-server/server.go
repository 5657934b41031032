// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"

	"github.com/pawelgaczynski/giouring"
	"golang.org/x/sys/unix"
)

// What an entry is for: the low byte of its user data, below the number of its connection.
type step uint8

const (
	accepted step = iota
	received
	sent
	fetched   // what a request asks for is in the connection's buffer
	preceded  // what comes before that, in a chain
	surplus   // a receive that is to be cancelled
	cancelled // its cancellation
)

type server struct {
	ring        *giouring.Ring
	listener    int
	numbers     int
	scratch     int
	connections map[uint64]*connection
	last        uint64
}

// entry returns the next free one, for which others may have to be submitted.
func (s *server) entry() *giouring.SubmissionQueueEntry {
	for {
		if e := s.ring.GetSQE(); e != nil {
			*e = giouring.SubmissionQueueEntry{} // the library leaves the flags of who had it before
			return e
		}
		if _, err := s.ring.Submit(); err != nil && !errors.Is(err, unix.EINTR) {
			panic(err)
		}
	}
}

// room makes sure that a chain is submitted by one call.
func (s *server) room(n uint32) {
	for s.ring.SQSpaceLeft() < n {
		if _, err := s.ring.Submit(); err != nil && !errors.Is(err, unix.EINTR) {
			panic(err)
		}
	}
}

func tag(e *giouring.SubmissionQueueEntry, id uint64, what step) {
	e.UserData = id<<8 | uint64(what)
}

func (s *server) accept() {
	e := s.entry()
	e.PrepareAccept(s.listener, 0, 0, unix.SOCK_CLOEXEC)
	tag(e, 0, accepted)
}

func (s *server) run() error {
	s.accept()
	events := make([]*giouring.CompletionQueueEvent, 256)
	for {
		if _, err := s.ring.SubmitAndWait(1); err != nil && !errors.Is(err, unix.EINTR) {
			return fmt.Errorf("io_uring_enter: %w", err)
		}
		n := s.ring.PeekBatchCQE(events)
		for _, event := range events[:n] {
			s.complete(event.UserData>>8, step(event.UserData), event.Res)
		}
		s.ring.CQAdvance(n)
	}
}

func (s *server) complete(id uint64, what step, result int32) {
	if what == accepted {
		s.accept()
		if result >= 0 {
			s.last++
			_ = unix.SetsockoptInt(int(result), unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
			c := &connection{server: s, id: s.last, fd: int(result)}
			s.connections[c.id] = c
			c.receive()
		}
		return
	}
	if c := s.connections[id]; c != nil {
		c.complete(what, result)
	}
}

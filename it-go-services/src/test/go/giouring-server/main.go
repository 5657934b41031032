// SPDX-License-Identifier: Apache-2.0

// Command giouring-server is an HTTP server on one io_uring, by a library that this project has no hand in: accepts,
// receives and sends of all its connections, and what it reads and writes, go through that ring, and one goroutine.
// It is built with -ldflags=-checklinkname=0, which the library needs.
package main

import (
	"log"
	"runtime"

	"github.com/pawelgaczynski/giouring"
	"golang.org/x/sys/unix"
)

const entries = 1024

func main() {
	runtime.LockOSThread()
	s, err := newServer(8080)
	if err != nil {
		log.Fatal(err)
	}
	log.Print("serving on :8080")
	log.Fatal(s.run())
}

func newServer(port int) (*server, error) {
	s := &server{connections: map[uint64]*connection{}}
	var err error
	if s.ring, err = giouring.CreateRing(entries); err != nil {
		return nil, err
	}
	if s.numbers, err = numbersFile(); err != nil {
		return nil, err
	}
	if s.scratch, err = unix.MemfdCreate("scratch", unix.MFD_CLOEXEC); err != nil {
		return nil, err
	}
	if _, err = s.ring.RegisterFiles([]int{s.numbers}); err != nil {
		return nil, err
	}
	s.listener, err = listen(port)
	return s, err
}

func listen(port int) (int, error) {
	fd, err := unix.Socket(unix.AF_INET6, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return -1, err
	}
	_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1)
	if err := unix.Bind(fd, &unix.SockaddrInet6{Port: port}); err != nil {
		return -1, err
	}
	return fd, unix.Listen(fd, 512)
}

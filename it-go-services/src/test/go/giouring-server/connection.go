// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"unsafe"

	"golang.org/x/sys/unix"
)

const bodySize = 2000

// A connection has one request at a time.
type connection struct {
	server     *server
	id         uint64
	fd         int
	in         [4096]byte
	filled     int
	body       [bodySize]byte
	written    [bodySize]byte
	spare      [64]byte
	out        []byte
	outOf      int // bytes of it that are sent
	cancelling int // completions that are still to come
	stopped    int32
}

func address[T any](p *T) uintptr { return uintptr(unsafe.Pointer(p)) }

func (c *connection) receive() {
	e := c.server.entry()
	e.PrepareRecv(c.fd, address(&c.in[c.filled]), uint32(len(c.in)-c.filled), 0)
	tag(e, c.id, received)
}

func (c *connection) send() {
	e := c.server.entry()
	rest := c.out[c.outOf:]
	e.PrepareSend(c.fd, address(&rest[0]), uint32(len(rest)), unix.MSG_NOSIGNAL)
	tag(e, c.id, sent)
}

func (c *connection) end() {
	delete(c.server.connections, c.id)
	_ = unix.Close(c.fd)
}

func (c *connection) complete(what step, result int32) {
	switch what {
	case received:
		c.onReceived(result)
	case sent:
		c.onSent(result)
	case fetched:
		c.onFetched(result)
	case surplus:
		c.stopped = result
		c.onCancelled()
	case cancelled:
		c.onCancelled()
	}
}

func (c *connection) onReceived(n int32) {
	if n <= 0 || c.filled+int(n) == len(c.in) {
		c.end()
		return
	}
	c.filled += int(n)
	if head, _, whole := bytes.Cut(c.in[:c.filled], []byte("\r\n\r\n")); whole {
		line, _, _ := bytes.Cut(head, []byte(" HTTP/"))
		c.filled = 0
		c.handle(string(bytes.TrimPrefix(line, []byte("GET "))))
		return
	}
	c.receive()
}

func (c *connection) answer(status string, body []byte) {
	c.out = fmt.Appendf(nil, "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s", status, len(body), body)
	c.outOf = 0
	c.send()
}

func (c *connection) onSent(n int32) {
	if n <= 0 {
		c.end()
		return
	}
	c.outOf += int(n)
	if c.outOf < len(c.out) {
		c.send()
		return
	}
	c.receive()
}

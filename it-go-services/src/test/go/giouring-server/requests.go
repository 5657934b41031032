// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pawelgaczynski/giouring"
	"golang.org/x/sys/unix"
)

const numbersSize = 1 << 20

// numbersFile has at each multiple of eight that number, in eight digits.
func numbersFile() (int, error) {
	fd, err := unix.MemfdCreate("numbers", unix.MFD_CLOEXEC)
	if err != nil {
		return -1, err
	}
	var all strings.Builder
	for i := 0; i < numbersSize; i += 8 {
		fmt.Fprintf(&all, "%08d", i)
	}
	_, err = unix.Write(fd, []byte(all.String()))
	return fd, err
}

// handle answers /echo/WORD with the word, over and over; /chain/WORD with what it wrote of that to a file and read
// again; /cancel/WORD once a receive of too much is cancelled; /file/N and /fixed/N with what a file has at N.
func (c *connection) handle(path string) {
	kind, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	offset, _ := strconv.ParseUint(rest, 10, 32)
	switch kind {
	case "readyz":
		c.answer("200 OK", []byte("ready"))
	case "echo":
		c.answer("200 OK", repeat(rest))
	case "file":
		c.read(c.server.numbers, offset, 0)
	case "fixed":
		c.read(0, offset, giouring.SqeFixedFile)
	case "chain":
		copy(c.written[:], repeat(rest))
		c.chain()
	case "cancel":
		copy(c.body[:], repeat(rest))
		c.cancel()
	default:
		c.answer("404 Not Found", nil)
	}
}

func repeat(word string) []byte {
	return []byte(strings.Repeat(word+" ", bodySize/(len(word)+1)+1))[:bodySize]
}

func (c *connection) read(fd int, offset uint64, flags uint8) {
	e := c.server.entry()
	e.PrepareRead(fd, address(&c.body), bodySize, offset)
	e.Flags |= flags
	tag(e, c.id, fetched)
}

func (c *connection) chain() {
	c.server.room(2)
	offset := c.id * bodySize
	e := c.server.entry()
	e.PrepareWrite(c.server.scratch, address(&c.written), bodySize, offset)
	e.Flags |= giouring.SqeIOLink
	tag(e, c.id, preceded)
	c.read(c.server.scratch, offset, 0)
}

func (c *connection) onFetched(n int32) {
	if n < 0 {
		c.answer("500 Internal Server Error", []byte(unix.ErrnoName(unix.Errno(-n))))
		return
	}
	c.answer("200 OK", c.body[:n])
}

func (c *connection) cancel() {
	c.cancelling = 2
	e := c.server.entry()
	e.PrepareRecv(c.fd, address(&c.spare), uint32(len(c.spare)), 0)
	tag(e, c.id, surplus)
	e = c.server.entry()
	e.PrepareCancel64(c.id<<8|uint64(surplus), 0)
	tag(e, c.id, cancelled)
}

func (c *connection) onCancelled() {
	c.cancelling--
	if c.cancelling > 0 {
		return
	}
	if c.stopped != -int32(unix.ECANCELED) {
		c.answer("500 Internal Server Error", fmt.Appendf(nil, "not cancelled: %d", c.stopped))
		return
	}
	c.answer("200 OK", c.body[:])
}

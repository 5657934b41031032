// SPDX-License-Identifier: Apache-2.0

// Package uring reads files through an io_uring, one read at a time. Go itself uses none; who wants one opens it.
package uring

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ChunkSize is the most that one Read gets.
const ChunkSize = 16 << 10

// ErrTimeout is a completion that did not come in time. The ring must be closed then.
var ErrTimeout = errors.New("io_uring: no completion in time")

// RefusedError is a kernel that does not let a ring be made or entered, now or at all. Nothing was read.
type RefusedError struct {
	Call  string
	Errno unix.Errno
}

func (e *RefusedError) Error() string { return e.Call + ": " + e.Errno.Error() }
func (e *RefusedError) Unwrap() error { return e.Errno }

// Ring is for one goroutine.
type Ring struct {
	fd       int
	params   params
	rings    []byte
	entries  []byte
	buffer   []byte // the kernel writes to it: not memory that Go could move or use again
	inFlight bool
	within   unix.Timespec // here, as the kernel gets its address as a number
}

// Open makes a ring of one entry.
func Open() (*Ring, error) {
	r := &Ring{}
	fd, _, errno := unix.Syscall(unix.SYS_IO_URING_SETUP, 1, uintptr(unsafe.Pointer(&r.params)), 0)
	if errno != 0 {
		return nil, &RefusedError{"io_uring_setup", errno}
	}
	r.fd = int(fd)
	if err := r.mmap(); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

func (r *Ring) mmap() (err error) {
	const access, shared = unix.PROT_READ | unix.PROT_WRITE, unix.MAP_SHARED | unix.MAP_POPULATE
	page := unix.Getpagesize()
	if r.rings, err = unix.Mmap(r.fd, offsetRings, page, access, shared); err != nil {
		return fmt.Errorf("io_uring: map the rings: %w", err)
	}
	if r.entries, err = unix.Mmap(r.fd, offsetEntries, page, access, shared); err != nil {
		return fmt.Errorf("io_uring: map the entries: %w", err)
	}
	if r.buffer, err = unix.Mmap(-1, 0, ChunkSize, access, unix.MAP_PRIVATE|unix.MAP_ANON); err != nil {
		return fmt.Errorf("io_uring: a buffer: %w", err)
	}
	return nil
}

// Close ends the ring. A buffer that a late read may still write to is left alone.
func (r *Ring) Close() {
	for _, mapping := range [][]byte{r.rings, r.entries} {
		if mapping != nil {
			_ = unix.Munmap(mapping)
		}
	}
	if r.buffer != nil && !r.inFlight {
		_ = unix.Munmap(r.buffer)
	}
	_ = unix.Close(r.fd)
}

// Read reads up to ChunkSize bytes of a file; what it returns is valid until the next Read. The error is a RefusedError,
// ErrTimeout, or the errno of the read. Without a timeout, 0, it waits for as long as it takes.
func (r *Ring) Read(fd int, offset int64, timeout time.Duration) ([]byte, error) {
	r.put(submission{opcode: opRead, fd: int32(fd), offset: uint64(offset), length: ChunkSize,
		address: uint64(uintptr(unsafe.Pointer(&r.buffer[0])))})
	if errno := r.enter(1, 0, 0, nil); errno != 0 {
		return nil, &RefusedError{"io_uring_enter", errno}
	}
	r.inFlight = true
	result, err := r.await(timeout)
	if err != nil {
		return nil, err
	}
	r.inFlight = false
	if result < 0 {
		return nil, unix.Errno(-result)
	}
	return r.buffer[:result], nil
}

func (r *Ring) word(offset uint32) *uint32 {
	return (*uint32)(unsafe.Pointer(&r.rings[offset]))
}

func (r *Ring) put(s submission) {
	*(*submission)(unsafe.Pointer(&r.entries[0])) = s
	*r.word(r.params.submit.array) = 0
	tail := r.word(r.params.submit.tail)
	atomic.StoreUint32(tail, atomic.LoadUint32(tail)+1)
}

func (r *Ring) enter(submit, wait, flags uint32, argument *waitArgument) unix.Errno {
	var size uintptr
	if argument != nil {
		size = unsafe.Sizeof(*argument)
	}
	_, _, errno := unix.Syscall6(unix.SYS_IO_URING_ENTER, uintptr(r.fd), uintptr(submit), uintptr(wait), uintptr(flags),
		uintptr(unsafe.Pointer(argument)), size)
	return errno
}

// await returns the result of the only completion there can be.
func (r *Ring) await(timeout time.Duration) (int32, error) {
	deadline := time.Now().Add(timeout)
	head, tail := r.word(r.params.complete.head), r.word(r.params.complete.tail)
	for atomic.LoadUint32(tail) == atomic.LoadUint32(head) {
		if timeout > 0 && time.Now().After(deadline) {
			return 0, ErrTimeout
		}
		if errno := r.wait(timeout); errno != 0 && errno != unix.EINTR && errno != unix.ETIME {
			return 0, &RefusedError{"io_uring_enter", errno}
		}
	}
	index := atomic.LoadUint32(head) & *r.word(r.params.complete.mask)
	at := r.params.complete.completions + index*uint32(unsafe.Sizeof(completion{}))
	result := (*completion)(unsafe.Pointer(&r.rings[at])).result
	atomic.AddUint32(head, 1)
	return result, nil
}

func (r *Ring) wait(timeout time.Duration) unix.Errno {
	if timeout <= 0 {
		return r.enter(0, 1, enterGetEvents, nil)
	}
	r.within = unix.NsecToTimespec(timeout.Nanoseconds())
	argument := waitArgument{timeout: uint64(uintptr(unsafe.Pointer(&r.within)))}
	return r.enter(0, 1, enterGetEvents|enterExtArg, &argument)
}

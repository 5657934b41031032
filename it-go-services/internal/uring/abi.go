// SPDX-License-Identifier: Apache-2.0

package uring

// What is used of linux/io_uring.h.
const (
	opRead = 22

	offsetRings   = 0
	offsetEntries = 0x10000000

	enterGetEvents = 1 << 0
	enterExtArg    = 1 << 3
)

type params struct {
	entries, completions     uint32
	flags, cpu, idle, extras uint32
	workQueue                uint32
	reserved                 [3]uint32
	submit                   submitOffsets
	complete                 completeOffsets
}

type submitOffsets struct {
	head, tail, mask, entries, flags, dropped, array, reserved uint32
	address                                                    uint64
}

type completeOffsets struct {
	head, tail, mask, entries, overflow, completions, flags, reserved uint32
	address                                                           uint64
}

// submission is struct io_uring_sqe.
type submission struct {
	opcode, flags uint8
	priority      uint16
	fd            int32
	offset        uint64
	address       uint64
	length        uint32
	rwFlags       uint32
	userData      uint64
	rest          [3]uint64
}

// completion is struct io_uring_cqe.
type completion struct {
	userData uint64
	result   int32
	flags    uint32
}

// waitArgument is struct io_uring_getevents_arg.
type waitArgument struct {
	signals     uint64
	signalsSize uint32
	minimum     uint32
	timeout     uint64
}

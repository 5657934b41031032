// SPDX-License-Identifier: Apache-2.0
/*
 * What the Go runtime looks at in the frame of a function that panics: the bits that tell which of its defers are to
 * run, and the pointers that the garbage collector and a moved stack need. It takes those for what they are where the
 * function would go on after a recover, the call of runtime.deferreturn, wherever the panic was. runtime/stkframe.go,
 * getStackMap; runtime/panic.go, initOpenCodedDefers.
 */
#ifndef GO_FRAME_H
#define GO_FRAME_H

#include "go_table.h"
#include "go_version.h"

#define GO_FRAME_POINTERS 256

/* Distances are from the end of the frame, which the runtime calls fp. */
struct go_frame {
    bool defers;                         /* it has any: the runtime looks at nothing in frames without */
    bool open_coded;                     /* they are, and so there are bits */
    int64_t bits;                        /* the byte with these */
    int64_t pointers[GO_FRAME_POINTERS]; /* 8 bytes each */
    uint32_t count;
    uint32_t outside; /* so many of the pointers, the last, belong to the caller's frame: results in memory */
};

/* Fails where the program's tables are damaged, or the frame has more pointers. */
int go_frame_read(const struct go_table *table, const struct elf_file *elf, const struct go_layout *layout,
                  const struct go_table_entry *entry, struct go_frame *frame, struct failure *f);

/*
 * How far the end of the frame is from the stack pointer, before the instruction at a distance from the entry; -1 where
 * the table does not say. 0 until the frame begins to be made.
 */
int32_t go_frame_size(const struct go_table *table, const struct elf_file *elf, const struct go_table_entry *entry,
                      uint64_t at);

#endif

// SPDX-License-Identifier: Apache-2.0
/*
 * Where in a Go function a panic may be raised. In one without defers, where it is probed anyway. In one with, the
 * runtime looks at its frame during the panic (go_frame.h), so that all that it looks at must be initialised, and no
 * statement of the function may have run: the compiler does this at the beginning, first the bits of open-coded
 * defers, then the results.
 */
#ifndef GO_PANIC_POINT_H
#define GO_PANIC_POINT_H

#include "go_frame.h"

struct go_panic_point {
    uint64_t at;     /* of an instruction, from the entry: the panic comes when that has run */
    const char *why; /* there is none, or NULL */
};

/*
 * `usual` is where the function is probed anyway. It has no frame of its own there, and the runtime knows: it looks for
 * no locals, but all the same for the bits of open-coded defers, and for results that are in the caller's frame.
 */
struct go_panic_point go_panic_point(const struct go_table *table, const struct elf_file *elf,
                                     const struct go_table_entry *entry, const struct go_frame *frame,
                                     const uint8_t *code, uint64_t usual);

#endif

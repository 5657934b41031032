// SPDX-License-Identifier: Apache-2.0
/* Which release of Go made a program, and where that release keeps what a probe has to read of a goroutine. */
#ifndef GO_VERSION_H
#define GO_VERSION_H

#include <stdbool.h>
#include <stdint.h>

#include "elf_file.h"

#define GO_VERSION_SIZE 64

/* "go1.26.8", as `go version PROGRAM` says it. */
int go_version_read(const struct elf_file *elf, char version[GO_VERSION_SIZE], struct failure *f);

/* Offsets of fields of runtime.g and runtime.m, and more; the same on all 64-bit machines. */
struct go_layout {
    uint32_t g_m, g_goid, g_labels, g_startpc, g_throwsplit;
    uint32_t m_curg, m_mallocing, m_preemptoff, m_locks;
    bool labels_are_slices; /* of key and value; a map before Go 1.24 */
    uint8_t module_gofunc;  /* word of runtime.moduledata: where the functions' pointer maps are */
};

/* A release that is not known is refused. */
int go_layout_of(const char *version, struct go_layout *layout, struct failure *f);

#endif

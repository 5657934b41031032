// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Whose calls of a Go function are meant, and where the Go release of the program keeps what tells. */
#ifndef GO_SITE_H
#define GO_SITE_H

#include <linux/types.h>

#define GO_LABEL_SIZE 64
#define GO_MAX_STARTS 8 /* functions a goroutine may have begun with */

struct go_site {
    __u32 g_m, g_labels, g_startpc, g_throwsplit; /* offsets into runtime.g */
    __u32 m_curg, m_mallocing, m_preemptoff, m_locks;
    __u32 starts;                 /* 0 = any */
    __u64 startpc[GO_MAX_STARTS]; /* of the function the goroutine began with */
    struct go_text {
        __u64 word[GO_LABEL_SIZE / 8]; /* filled up with zeros */
        __u32 length, reserved;
    } key, value; /* of a pprof label; no key = any goroutine */
};

#endif

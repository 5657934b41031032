// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* What gotrace.bpf.c and the tracer agree on. */
#ifndef GOTRACE_H
#define GOTRACE_H

/*
 * SIGCHLD: Go ignores it, so that it does no harm when nobody catches it, and it is delivered before the SIGURG by
 * which Go itself preempts. The kernel, as its sender, tells it from that of a child.
 */
#define GOTRACE_SIGNAL 17

/* Cookies of its probes: where a function begins, and the call by which its stack grows. */
enum gotrace_place { GOTRACE_ENTRY, GOTRACE_GROWTH };

#endif

// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Shared by trace.bpf.h and the C side: the one request that a fault on packets means, and what else was seen. */
#ifndef TRACE_H
#define TRACE_H

#include <linux/types.h>

#define TRACE_ID_SIZE 32     /* hexadecimal digits */
#define TRACE_HEAD_SIZE 2048 /* bytes of a segment that are searched */

struct trace_filter {
    __u8 id[TRACE_ID_SIZE]; /* lower-case digits */
    __u32 wanted;           /* 0: packets of any request, and of none */
};

/* Of TCP segments that are meant but for their trace, while on. */
struct trace_counts {
    __u64 requests; /* beginnings of HTTP/1.1 requests */
    __u64 cut;      /* of these, heads that did not end in the bytes searched, with no such trace in them */
    __u64 http2;    /* beginnings of HTTP/2 connections */
    __u64 tls;
};

#endif

// SPDX-License-Identifier: Apache-2.0
#include "trace_options.h"

#include <netinet/in.h>
#include <string.h>

static bool is_trace_id(const char *id)
{
    return strlen(id) == TRACE_ID_SIZE && strspn(id, "0123456789abcdef") == TRACE_ID_SIZE &&
           strspn(id, "0") != TRACE_ID_SIZE;
}

int trace_options_parse(struct request *request, struct filter_options *options, struct failure *f)
{
    const char *id = request_get(request, "trace");
    if (!id)
        return 0;
    if (!is_trace_id(id))
        return fail(f, BAD_REQUEST, 0, "trace=%.40s: expected %d lower-case hexadecimal digits that are not all 0", id,
                    TRACE_ID_SIZE);
    if (options->filter.protocol == IPPROTO_UDP)
        return fail(f, BAD_REQUEST, 0, "trace goes with protocol=tcp: no HTTP/1.1 request goes by udp");
    memcpy(options->trace.id, id, TRACE_ID_SIZE);
    options->trace.wanted = 1;
    return 0;
}

void trace_stats(const volatile struct trace_filter *trace, const volatile struct trace_counts *seen,
                 struct reply *reply)
{
    if (!trace->wanted)
        return;
    reply_number(reply, "trace_requests", seen->requests);
    reply_number(reply, "trace_cut", seen->cut);
    reply_number(reply, "trace_http2", seen->http2);
    reply_number(reply, "trace_tls", seen->tls);
}

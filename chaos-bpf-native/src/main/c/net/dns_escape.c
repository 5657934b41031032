// SPDX-License-Identifier: Apache-2.0
#include "dns_escape.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "closing.h"
#include "dns_asked.h"
#include "dns_lookup.h"
#include "dns_pattern.h"
#include "dns_tap.h"
#include "older_connections.h"
#include "tcp_sockets.h"

struct dns_escape {
    int diag, tap; /* -1: not to be had, or closed */
    bool reconnect;
    uint32_t pattern_count;
    struct dns_pattern patterns[DNS_PATTERNS_MAX];
    struct address_set addresses;
    struct dns_asked asked;
    struct older_connections older;
};

/* They keep the network of a pod that ended alive. */
static void close_sockets(struct dns_escape *escape)
{
    if (escape->diag >= 0)
        close(escape->diag);
    if (escape->tap >= 0)
        close(escape->tap);
    escape->diag = escape->tap = -1;
}

static void close_tap(void *fd)
{
    close((int)(intptr_t)fd);
}

/* The kernel takes some 10 ms for it, and a fault on a hundred pods begins on one after the other. */
static void close_tap_aside(struct dns_escape *escape)
{
    if (escape->tap >= 0)
        closing_begin("a packet socket", close_tap, (void *)(intptr_t)escape->tap);
    escape->tap = -1;
}

/* Only exact names can be looked up. */
static int exact_names(const struct dns_request *dns, struct dns_lookup *names)
{
    int count = 0;
    for (uint32_t i = 0; i < dns->options.pattern_count; i++) {
        if (dns_pattern_is_exact(&dns->patterns[i]))
            dns_name_text(dns->patterns[i].text.octet, names[count++].name);
    }
    return count;
}

static void reply_names(const struct dns_lookup *names, int count, struct reply *reply)
{
    const char *separator = "";
    reply_word(reply, "nonexistent", "%s", "");
    for (int i = 0; i < count; i++) {
        if (!names[i].nonexistent)
            continue;
        reply_more(reply, "%s%s", separator, names[i].name);
        separator = ",";
    }
    separator = "";
    reply_word(reply, "unanswered", "%s", "");
    for (int i = 0; i < count; i++) {
        if (names[i].answered)
            continue;
        reply_more(reply, "%s%s", separator, names[i].name);
        separator = ",";
    }
}

static int look_up(struct dns_escape *escape, pid_t pid, const struct dns_request *dns, struct reply *reply,
                   struct failure *f)
{
    struct dns_servers servers;
    struct dns_lookup *names = calloc(DNS_PATTERNS_MAX, sizeof *names);
    if (!names)
        return fail(f, FAILED, 0, "no memory to look names up");
    int count = exact_names(dns, names);
    dns_servers_of(pid, &servers);
    dns_look_up(&servers, names, count, &escape->addresses);
    reply_names(names, count, reply);
    free(names);
    return 0;
}

static int open_sockets(struct dns_escape *escape, int ifindex, struct failure *f)
{
    if (escape->reconnect && tcp_sockets_try_destroy(f))
        return -1;
    escape->diag = tcp_sockets_open(f);
    if (escape->diag < 0)
        return -1;
    escape->tap = dns_tap_open(ifindex, f);
    return escape->tap < 0 ? -1 : 0;
}

struct dns_escape *dns_escape_open(pid_t pid, int ifindex, const struct dns_request *dns, struct reply *reply,
                                   struct failure *f)
{
    struct dns_escape *escape = calloc(1, sizeof *escape);
    if (!escape) {
        fail(f, FAILED, 0, "no memory for a DNS fault");
        return NULL;
    }
    escape->diag = escape->tap = -1;
    escape->reconnect = dns->reconnect;
    escape->pattern_count = dns->options.pattern_count;
    memcpy(escape->patterns, dns->patterns, sizeof escape->patterns);
    escape->addresses = dns->addresses;
    int rc = look_up(escape, pid, dns, reply, f);
    if (!rc)
        rc = open_sockets(escape, ifindex, f);
    if (rc && escape->reconnect) {
        dns_escape_close(escape);
        return NULL;
    }
    if (rc)
        reply_word(reply, "older", "no:%s:%s", errno_name(f->err), f->msg);
    else
        reply_word(reply, "older", "yes");
    return escape;
}

static bool is_meant(const struct dns_escape *escape, const struct dns_name *name)
{
    for (uint32_t i = 0; i < escape->pattern_count; i++)
        if (dns_pattern_means(&escape->patterns[i], name))
            return true;
    return false;
}

/* Before any answer of the fault's own: those would pass for the name's addresses. */
static void learn(struct dns_escape *escape)
{
    struct dns_message answer;
    while (escape->tap >= 0 && dns_tap_next(escape->tap, &answer)) {
        dns_asked_add(&escape->asked, &answer.name, answer.qtype);
        for (int i = 0; is_meant(escape, &answer.name) && i < answer.addresses.count; i++)
            address_set_add(&escape->addresses, answer.addresses.address[i]);
    }
}

uint64_t dns_escape_begin(struct dns_escape *escape, const struct dns_older *older)
{
    struct failure f = {0};
    learn(escape);
    if (escape->diag >= 0 && escape->addresses.count) {
        if (older_find(escape->diag, &escape->addresses, older->map, escape->reconnect, &escape->older, &f))
            escape->older.why = f.err;
        *older->connections = escape->older.found;
    }
    close_tap_aside(escape);
    close_sockets(escape);
    return escape->reconnect ? escape->older.found - escape->older.unclosed : 0;
}

void dns_escape_stats(const struct dns_escape *escape, int map, struct reply *reply)
{
    struct older_ends kept;
    older_used(map, &kept);
    reply_number(reply, "addresses", (uint64_t)escape->addresses.count);
    reply_number(reply, "older", escape->older.found);
    older_ends_reply(&kept, "kept", true, reply);
    older_ends_reply(&kept, "kept_connections", false, reply);
    older_ends_reply(&escape->older.closed, "closed", false, reply);
    reply_number(reply, "unclosed", escape->older.unclosed);
    reply_word(reply, "older_errno", "%s", errno_name(escape->older.why));
    dns_asked_reply(&escape->asked, reply);
}

void dns_escape_close(struct dns_escape *escape)
{
    close_sockets(escape);
    free(escape);
}

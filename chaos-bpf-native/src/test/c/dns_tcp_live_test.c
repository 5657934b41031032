// SPDX-License-Identifier: Apache-2.0
/* The DNS fault over TCP as dig and glibc see it in a pod: who is made to ask so, and what becomes of those who do. */
#include "dns_live.h"

static void what_is_cut_off_is_asked_for_over_tcp(void)
{
    attach_and_on("f", "action=truncate patterns=shop.test");
    CHECK_CONTAINS(dig(&network, "+ignore @" PEER4 " shop.test"), "flags: qr tc rd ra");
    CHECK_CONTAINS(dig(&network, "@" PEER4 " shop.test"), ";; Truncated, retrying in TCP mode.");
    CHECK_TEXT(dig(&network, "+short @" PEER4 " shop.test"), REAL_A "\n");
    CHECK_TEXT(dig(&network, "+short @" PEER6 " shop.test AAAA"), REAL_AAAA "\n");
    CHECK_TEXT(dig(&network, "+short @" PEER4 " other.test"), REAL_A "\n");
    detach("f");
}

static void over_tcp_connections_are_reset(void)
{
    attach_and_on("f", "action=nxdomain patterns=shop.test");
    CHECK_CONTAINS(dig(&network, "+tcp @" PEER4 " sHop.test"), "connection reset");
    CHECK_CONTAINS(dig(&network, "+tcp @" PEER6 " shop.test AAAA"), "connection reset");
    CHECK_TEXT(dig(&network, "+tcp +short @" PEER6 " other.test"), REAL_A "\n");
    CHECK_TEXT(dig(&other, "+tcp +short @" PEER4 " shop.test"), REAL_A "\n");
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "answered"), 0);
    CHECK(reply_value(stats, "reset") >= 2); /* dig asks once more */
    CHECK_EQUAL(reply_value(stats, "hit_tcp"), reply_value(stats, "reset"));
    detach("f");
    CHECK_TEXT(dig(&network, "+tcp +short @" PEER4 " shop.test"), REAL_A "\n");
}

static void over_tcp_queries_are_dropped(void)
{
    attach_and_on("f", "action=drop patterns=shop.test");
    CHECK_CONTAINS(dig(&network, "+tcp +time=1 @" PEER4 " shop.test"), "timed out");
    CHECK_TEXT(dig(&network, "+tcp +short @" PEER4 " other.test"), REAL_A "\n");
    detach("f");
    CHECK_TEXT(dig(&network, "+tcp +short @" PEER4 " shop.test"), REAL_A "\n");
}

/* glibc's resolver, with its own resolv.conf. */
static const char *getent(const char *options, const char *name)
{
    char command[512];
    snprintf(command, sizeof command,
             "nsenter -t %d -n unshare -m sh -c 'mount -t tmpfs none /mnt && "
             "printf \"nameserver " PEER4 "\\noptions timeout:1 attempts:1 %s\\n\" >/mnt/conf && "
             "mount --bind /mnt/conf /etc/resolv.conf && getent ahosts %s; echo exit $?' 2>&1",
             network.pod, options, name);
    return printed_by(command);
}

static void glibc_sees_the_same(void)
{
    CHECK_CONTAINS(getent("", "shop.test"), REAL_A);
    CHECK_CONTAINS(getent("use-vc", "shop.test"), REAL_A);
    attach_and_on("f", "action=nodata patterns=shop.test types=AAAA");
    attach_and_on("g", "action=nodata patterns=none.test");
    attach_and_on("h", "action=truncate patterns=cut.test");
    CHECK_CONTAINS(getent("", "shop.test"), REAL_A);
    CHECK(!strstr(getent("", "shop.test"), REAL_AAAA));
    CHECK_TEXT(getent("", "none.test"), "exit 2\n");
    CHECK_CONTAINS(getent("", "cut.test"), REAL_A);
    CHECK(reply_value(agent_ask(&agent, "stats id=h"), "passed_tcp") >= 2);
    CHECK_TEXT(getent("use-vc", "none.test"), "exit 2\n");
    CHECK(reply_value(agent_ask(&agent, "stats id=g"), "reset") >= 1);
    detach("f");
    detach("g");
    detach("h");
}

int main(void)
{
    set_up();
    RUN(what_is_cut_off_is_asked_for_over_tcp);
    RUN(over_tcp_connections_are_reset);
    RUN(glibc_sees_the_same);
    RUN(over_tcp_queries_are_dropped);
    CHECK_EQUAL(agent_end(&agent), 0);
    network_destroy(&network);
    network_destroy(&other);
    return check_summary();
}

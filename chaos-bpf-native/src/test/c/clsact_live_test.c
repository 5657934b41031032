// SPDX-License-Identifier: Apache-2.0
/* Faults by clsact filters: they hit as by tcx, leave a device as they found it, and outlive their agent as no fault.
 */
#include <errno.h>
#include <linux/bpf.h>
#include <net/if.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "check.h"
#include "clsact.h"
#include "dns_server.h"
#include "netns.h"
#include "tc.h"

#define LATENCY_MS 100
#define PORT 7400
#define DELAYED(us) ((us) >= LATENCY_MS * 1000)
#define CLEAN(us) ((us) >= 0 && (us) < LATENCY_MS * 1000)

static struct network network;
static struct agent agent;

/* What a tool that is not ours prints in the pod. */
static const char *pod(const char *tool, const char *arguments)
{
    static char output[8192];
    char command[300];
    snprintf(command, sizeof command, "nsenter -t %d -n %s %s 2>&1", network.pod, tool, arguments);
    FILE *pipe = popen(command, "r");
    size_t n = pipe ? fread(output, 1, sizeof output - 1, pipe) : 0;
    output[n] = 0;
    if (pipe)
        pclose(pipe);
    return output;
}

static const char *tc(const char *arguments)
{
    return pod("tc", arguments);
}

static bool is_listed(const char *side, const char *what)
{
    char arguments[64];
    snprintf(arguments, sizeof arguments, "filter show dev eth0 %s", side);
    return strstr(tc(arguments), what);
}

static bool has_clsact(void)
{
    return strstr(tc("qdisc show dev eth0"), "clsact");
}

static bool is_as_before(void)
{
    return !has_clsact() && !*tc("filter show dev eth0 egress") && !*tc("filter show dev eth0 ingress");
}

/* The agent takes apart beside requests. */
static bool gets_as_before(void)
{
    for (int wait = 0; wait < 100 && !is_as_before(); wait++)
        sleep_ms(20);
    return is_as_before();
}

static long once(void)
{
    int fd = connect_to(&network, SOCK_DGRAM, PEER4, PORT);
    long us = round_trip_us(fd);
    close(fd);
    return us;
}

static const char *attach_by(const struct agent *by, const char *id, const char *direction, const char *more)
{
    return agent_ask(by, "attach id=%s kind=networkdelay pid=%d dev=eth0 direction=%s latency_us=%d %s", id,
                     network.pod, direction, LATENCY_MS * 1000, more);
}

static void attach_and_on(const char *direction, const char *more)
{
    CHECK_CONTAINS(attach_by(&agent, "d", direction, more), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=d"), "ok ");
}

static void detach(const struct agent *by, const char *id, const char *name)
{
    CHECK_CONTAINS(agent_ask(by, "detach id=%s", id), "ok ");
    for (int wait = 0; wait < 100 && (is_listed("egress", name) || is_listed("ingress", name)); wait++)
        sleep_ms(20);
}

/* ---- the tests ---- */

static void delays_and_leaves_nothing(const char *direction, int times)
{
    CHECK(gets_as_before());
    CHECK_CONTAINS(attach_by(&agent, "d", direction, "hook=clsact"), "mechanism=clsact,%20delay%20line");
    CHECK(CLEAN(once()));
    agent_ask(&agent, "on id=d");
    CHECK(once() >= times * LATENCY_MS * 1000);
    agent_ask(&agent, "off id=d");
    CHECK(CLEAN(once()));
    const char *stats = agent_ask(&agent, "stats id=d");
    CHECK(reply_value(stats, "hit") >= times);
    CHECK_EQUAL(reply_value(stats, "sent"), reply_value(stats, "hit"));
    CHECK(reply_value(stats, "t_first_clean_ns") > reply_value(stats, "t_off_ns"));
    detach(&agent, "d", CLSACT_NAME);
    CHECK(gets_as_before());
}

static void delays_in_each_direction(void)
{
    delays_and_leaves_nothing("to", 1);
    delays_and_leaves_nothing("from", 1);
    delays_and_leaves_nothing("both", 2);
}

static void spares_what_is_not_meant(void)
{
    attach_and_on("both", "hook=clsact target=" OTHER4);
    CHECK(CLEAN(once()));
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "matched"), 0);
    CHECK(reply_value(agent_ask(&agent, "stats id=d"), "seen") >= 2);
    detach(&agent, "d", CLSACT_NAME);
}

static void answers_queries_and_leaves_nothing(void)
{
    CHECK_CONTAINS(agent_ask(&agent,
                             "attach id=n kind=dnschaos pid=%d dev=eth0 hook=clsact action=nxdomain patterns=shop.test",
                             network.pod),
                   "mechanism=clsact,%20answered%20in%20place");
    CHECK_TEXT(pod("dig", "+short @" PEER4 " shop.test"), REAL_A "\n");
    CHECK_CONTAINS(agent_ask(&agent, "on id=n"), "ok ");
    CHECK_CONTAINS(pod("dig", "@" PEER4 " shop.test"), "status: NXDOMAIN");
    CHECK_CONTAINS(pod("dig", "@" PEER6 " shop.test AAAA"), "status: NXDOMAIN");
    CHECK_TEXT(pod("dig", "+short @" PEER4 " other.test"), REAL_A "\n");
    const char *stats = agent_ask(&agent, "stats id=n");
    CHECK_EQUAL(reply_value(stats, "seen"), 3);
    CHECK_EQUAL(reply_value(stats, "hit"), 2);
    agent_ask(&agent, "off id=n");
    CHECK_TEXT(pod("dig", "+short @" PEER4 " shop.test"), REAL_A "\n");
    detach(&agent, "n", CLSACT_NAME);
    CHECK(gets_as_before());
}

static void kinds_combine_in_their_order(void)
{
    attach_and_on("to", "hook=clsact protocol=udp");
    CHECK_CONTAINS(
        agent_ask(&agent,
                  "attach id=l kind=networkloss pid=%d dev=eth0 direction=to hook=clsact probability_ppm=1000000 "
                  "target=" OTHER4,
                  network.pod),
        "mechanism=clsact,%20dropped");
    CHECK_CONTAINS(agent_ask(&agent, "on id=l"), "ok ");
    int fd = connect_to(&network, SOCK_DGRAM, OTHER4, PORT);
    CHECK(send(fd, "x", 1, 0) == 1);
    close(fd);
    CHECK(DELAYED(once()));
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=l"), "hit"), 1);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "hit"), 1); /* what is lost came not so far */
    agent_ask(&agent, "detach id=d");
    CHECK(CLEAN(once()));
    detach(&agent, "l", CLSACT_NAME);
    CHECK(gets_as_before());
}

static void is_taken_where_the_kernel_has_no_tcx(void)
{
    static char reply[4096];
    snprintf(reply, sizeof reply, "%s", attach_by(&agent, "d", "to", ""));
    bool tcx = strstr(reply, "mechanism=tcx,");
    printf("    mechanism: %s\n", tcx ? "tcx" : "clsact");
    CHECK_CONTAINS(reply, "ok ");
    CHECK_EQUAL(strstr(reply, "refused=tcx:") != NULL, !tcx);
    CHECK_EQUAL(has_clsact(), !tcx);
    CHECK_CONTAINS(attach_by(&agent, "x", "to", "hook=xdp"), "code=bad_request errno=0 msg=hook%3Dxdp");
    detach(&agent, "d", CLSACT_NAME);
}

static int empty_program(void)
{
    const struct bpf_insn code[] = {
        {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = -1},
        {.code = BPF_JMP | BPF_EXIT},
    };
    union bpf_attr attributes = {.prog_type = BPF_PROG_TYPE_SCHED_CLS, .insn_cnt = sizeof code / sizeof *code};
    attributes.insns = (uintptr_t)code;
    attributes.license = (uintptr_t)"GPL";
    return (int)syscall(SYS_bpf, BPF_PROG_LOAD, &attributes, sizeof attributes);
}

/* As other software does it: priority 1, handle 1. */
static int add_stranger(void *arg, struct failure *f)
{
    (void)arg;
    int fd = tc_open(0xc0ffee), program = empty_program();
    struct tc_filter filter = {(int)if_nametoindex("eth0"), HOOK_EGRESS, 1, 1, "stranger"};
    int rc = fd < 0 ? fd : tc_add_filter(fd, &filter, program);
    close(fd);
    close(program);
    errno = -rc;
    return rc ? fail_errno(f, FAILED, "the filter of a stranger") : 0;
}

static void leaves_strangers_alone(void)
{
    struct failure f = {0};
    CHECK_TEXT(tc("qdisc add dev eth0 clsact"), "");
    CHECK_EQUAL(netns_run_of(network.pod, add_stranger, NULL, &f), 0);
    CHECK_TEXT(f.msg, "");
    attach_and_on("both", "hook=clsact");
    CHECK(once() >= 2 * LATENCY_MS * 1000);
    CHECK(is_listed("egress", "stranger"));
    detach(&agent, "d", CLSACT_NAME);
    CHECK(is_listed("egress", "stranger"));
    CHECK(!is_listed("egress", CLSACT_NAME));
    CHECK_TEXT(tc("filter del dev eth0 egress prio 1 handle 1 bpf"), "");
    CHECK(has_clsact()); /* it was there before us */
    CHECK_TEXT(tc("qdisc del dev eth0 clsact"), "");
}

/* Priority 1 is another kind's; and who came to our qdisc after us keeps it. */
static void gives_way_to_a_filter_of_another_kind(void)
{
    attach_and_on("to", "hook=clsact");
    CHECK_TEXT(tc("filter add dev eth0 egress protocol ip prio 1 u32 match ip dst 10.9.9.9/32 classid 1:1"), "");
    CHECK_CONTAINS(
        agent_ask(&agent,
                  "attach id=l kind=networkloss pid=%d dev=eth0 direction=to hook=clsact probability_ppm=1000000",
                  network.pod),
        "ok ");
    agent_ask(&agent, "on id=l");
    int fd = connect_to(&network, SOCK_DGRAM, PEER4, PORT);
    CHECK(send(fd, "x", 1, 0) == 1);
    close(fd);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=l"), "hit"), 1);
    agent_ask(&agent, "detach id=d");
    detach(&agent, "l", CLSACT_NAME);
    CHECK(has_clsact());
    CHECK(is_listed("egress", "u32"));
    CHECK_TEXT(tc("qdisc del dev eth0 clsact"), "");
}

static bool clean_within(int ms)
{
    for (int waited = 0; waited < ms; waited += 100) {
        int fd = connect_to(&network, SOCK_DGRAM, PEER4, PORT);
        long us = round_trip_us(fd);
        close(fd);
        if (CLEAN(us))
            return true;
    }
    return false;
}

static void a_killed_agent_leaves_what_passes_all_and_is_swept(void)
{
    struct agent living = agent_start(NULL);
    attach_and_on("both", "hook=clsact");
    CHECK_CONTAINS(attach_by(&living, "e", "to", "hook=clsact"), "ok ");
    kill(agent.pid, SIGKILL);
    CHECK_EQUAL(agent_wait(&agent), -SIGKILL);
    CHECK(clean_within(5000));
    CHECK(is_listed("ingress", CLSACT_NAME)); /* of the two agents, only the killed one has any there */

    agent = agent_start(NULL);
    attach_and_on("to", "hook=clsact target=" OTHER4);
    CHECK(!is_listed("ingress", CLSACT_NAME));
    detach(&agent, "d", "nothing of that name");
    CHECK(is_listed("egress", CLSACT_NAME)); /* of who lives */
    CHECK_CONTAINS(agent_ask(&living, "on id=e"), "ok ");
    CHECK(DELAYED(once()));
    detach(&living, "e", CLSACT_NAME);
    CHECK(gets_as_before()); /* the qdisc, too, though who added it was killed */
    agent_end(&living);
}

static void a_vanished_pod_is_no_error(void)
{
    attach_and_on("both", "hook=clsact");
    CHECK_TEXT(tc("qdisc del dev eth0 clsact"), "");
    network_destroy(&network);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok ");
    CHECK_EQUAL(agent_end(&agent), 0);
}

int main(void)
{
    network = network_create();
    agent = agent_start(NULL);
    echo_at(&network, SOCK_DGRAM, PORT);
    start_server(&network, PEER4);
    start_server(&network, PEER6);
    RUN(delays_in_each_direction);
    RUN(spares_what_is_not_meant);
    RUN(answers_queries_and_leaves_nothing);
    RUN(kinds_combine_in_their_order);
    RUN(is_taken_where_the_kernel_has_no_tcx);
    RUN(leaves_strangers_alone);
    RUN(gives_way_to_a_filter_of_another_kind);
    RUN(a_killed_agent_leaves_what_passes_all_and_is_swept);
    RUN(a_vanished_pod_is_no_error);
    return check_summary();
}

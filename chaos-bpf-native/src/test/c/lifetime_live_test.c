// SPDX-License-Identifier: Apache-2.0
/* Whatever happens to the agent, the fault ends with it; and when it may still act, no packet is lost or overtaken. */
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "live.h"
#include "programs.h"

#define LATENCY_MS 100
#define PORT 7100
#define PACKETS 2000 /* one a millisecond */

static struct network network;
static struct agent agent;

/* ---- a steady stream with sequence numbers ---- */

static struct {
    uint64_t sent_ns[PACKETS], received_ns[PACKETS];
    uint32_t order[PACKETS]; /* of arrival, from 1; 0 = lost */
    int receiver, sender;
    volatile int sent;
} stream;

static void *receive(void *arg)
{
    (void)arg;
    uint32_t number, arrived = 0;
    struct pollfd readable = {.fd = stream.receiver, .events = POLLIN};
    while (arrived < PACKETS && poll(&readable, 1, 1000) > 0) {
        if (recv(stream.receiver, &number, sizeof number, 0) != sizeof number || number >= PACKETS)
            continue;
        stream.received_ns[number] = clock_now_ns();
        stream.order[number] = ++arrived;
    }
    return NULL;
}

static void *transmit(void *arg)
{
    (void)arg;
    uint64_t start = clock_now_ns();
    for (uint32_t i = 0; i < PACKETS; i++) {
        uint64_t due = start + i * 1000000ull, now = clock_now_ns();
        if (now < due)
            usleep((useconds_t)((due - now) / 1000));
        stream.sent_ns[i] = clock_now_ns();
        send(stream.sender, &i, sizeof i, 0);
        stream.sent = (int)i + 1;
    }
    return NULL;
}

static int lost(int from, int to)
{
    int n = 0;
    for (int i = from; i < to; i++)
        n += stream.order[i] == 0;
    return n;
}

static int overtaken(void)
{
    uint32_t latest = 0;
    int n = 0;
    for (int i = 0; i < PACKETS; i++) {
        n += stream.order[i] && stream.order[i] < latest;
        latest = stream.order[i] > latest ? stream.order[i] : latest;
    }
    return n;
}

static int delayed(void)
{
    int n = 0;
    for (int i = 0; i < PACKETS; i++)
        n += stream.order[i] && stream.received_ns[i] - stream.sent_ns[i] >= LATENCY_MS * 1000000ull;
    return n;
}

/* With the fault on, let the stream run and do something in the middle of it; the packet number at that moment. */
static int stream_around(const char *direction, void (*action)(void))
{
    memset(&stream, 0, sizeof stream);
    stream.receiver = listen_at(&network, SOCK_DGRAM, PEER4, PORT);
    stream.sender = connect_to(&network, SOCK_DGRAM, PEER4, PORT);
    CHECK_CONTAINS(agent_ask(&agent, "attach id=d kind=networkdelay pid=%d dev=eth0 direction=%s latency_us=%d",
                             network.pod, direction, LATENCY_MS * 1000),
                   "ok ");
    agent_ask(&agent, "on id=d");
    pthread_t receiver, sender;
    pthread_create(&receiver, NULL, receive, NULL);
    pthread_create(&sender, NULL, transmit, NULL);
    while (stream.sent < PACKETS / 2)
        sleep_ms(1);
    int at = stream.sent;
    action();
    pthread_join(sender, NULL);
    pthread_join(receiver, NULL);
    close(stream.receiver);
    close(stream.sender);
    return at;
}

/* ---- what was there when the agent was killed ---- */

static unsigned int ids[64];
static int id_count;

/* The kernel frees a program some time after its last user; not at all if anything still holds it. */
static int programs_left(void)
{
    int left = 0;
    for (int wait = 0; wait < 100; wait++) {
        left = 0;
        for (int i = 0; i < id_count; i++)
            left += program_exists(ids[i]);
        if (!left)
            break;
        sleep_ms(20);
    }
    return left;
}

/* ---- what happens in the middle ---- */

static char reply[4096];
static int status;
static uint64_t acted_ns;

static void switch_off(void)
{
    snprintf(reply, sizeof reply, "%s", agent_ask(&agent, "off id=d"));
}

static void close_stdin(void)
{
    status = agent_end(&agent);
}

static void terminate(void)
{
    kill(agent.pid, SIGTERM);
    status = agent_wait(&agent);
}

static void kill_hard(void)
{
    id_count = programs_of(agent.pid, ids, 64);
    acted_ns = clock_now_ns();
    kill(agent.pid, SIGKILL);
    status = agent_wait(&agent);
}

static void stop_and_continue(void)
{
    acted_ns = clock_now_ns();
    kill(agent.pid, SIGSTOP);
    sleep_ms(500);
    kill(agent.pid, SIGCONT);
}

static pid_t parent;

static void kill_parent(void)
{
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    status = agent_wait(&agent);
}

/* ---- the tests ---- */

static void loses_nothing(const char *direction, void (*action)(void))
{
    int at = stream_around(direction, action);
    CHECK_EQUAL(lost(0, PACKETS), 0);
    CHECK_EQUAL(overtaken(), 0);
    CHECK(at >= PACKETS / 2 && delayed() > 0);
    CHECK(delayed() < PACKETS - 100); /* the fault has ended */
}

static void off_loses_and_reorders_nothing(void)
{
    agent = agent_start(NULL);
    loses_nothing("to", switch_off);
    CHECK(reply_value(reply, "drained") > 0);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "held"), 0);
    CHECK_EQUAL(agent_end(&agent), 0);
}

static void end_of_input_loses_nothing(void)
{
    agent = agent_start(NULL);
    loses_nothing("both", close_stdin);
    CHECK_EQUAL(status, 0);
}

static void sigterm_loses_nothing(void)
{
    agent = agent_start(NULL);
    loses_nothing("to", terminate);
    CHECK_EQUAL(status, 0);
}

static void death_of_the_parent_loses_nothing(void)
{
    char number[16];
    parent = fork();
    if (parent == 0) {
        pause();
        _exit(0);
    }
    snprintf(number, sizeof number, "%d", parent);
    agent = agent_start(number);
    loses_nothing("to", kill_parent);
    CHECK_EQUAL(status, 0);
}

static int first_clean_after(uint64_t ns)
{
    for (int i = 0; i < PACKETS; i++)
        if (stream.sent_ns[i] >= ns && stream.order[i] &&
            stream.received_ns[i] - stream.sent_ns[i] < LATENCY_MS * 1000000ull / 2)
            return i;
    return -1;
}

/* What it held is gone with it. Everything that was sent 200 ms later or more (50 on an idle machine) must arrive. */
static void sigkill_leaves_nothing_behind(void)
{
    agent = agent_start(NULL);
    int at = stream_around("both", kill_hard);
    CHECK_EQUAL(status, -SIGKILL);
    CHECK(id_count >= 3);
    CHECK_EQUAL(programs_left(), 0);
    int clean = first_clean_after(acted_ns);
    CHECK(clean >= at - 1);
    CHECK(clean >= 0 && stream.sent_ns[clean] - acted_ns < 200000000);
    CHECK_EQUAL(lost(clean, PACKETS), 0);
    printf("    first clean packet %.1f ms after SIGKILL, %d lost\n", (double)(stream.sent_ns[clean] - acted_ns) / 1e6,
           lost(0, PACKETS));
    char path[64];
    snprintf(path, sizeof path, "nsenter -t %d -n ip link show chaos0 2>/dev/null", network.pod);
    CHECK(system(path) != 0);
}

static void a_stopped_agent_passes_packets(void)
{
    agent = agent_start(NULL);
    stream_around("to", stop_and_continue);
    CHECK_EQUAL(lost(0, PACKETS), 0); /* what it held goes out late, when it goes on */
    int clean = first_clean_after(acted_ns);
    CHECK(clean >= 0 && stream.sent_ns[clean] - acted_ns < 300000000);
    CHECK(reply_value(agent_ask(&agent, "stats id=d"), "expired") > 0);
    CHECK_EQUAL(agent_end(&agent), 0);
}

static void a_pod_may_vanish_in_mid_fault(void)
{
    struct network doomed = network_create();
    agent = agent_start(NULL);
    agent_ask(&agent, "attach id=d kind=networkdelay pid=%d dev=eth0 direction=both latency_us=100000", doomed.pod);
    agent_ask(&agent, "on id=d");
    network_destroy(&doomed);
    sleep_ms(50);
    CHECK_CONTAINS(agent_ask(&agent, "stats id=d"), "ok mode=on");
    CHECK_CONTAINS(agent_ask(&agent, "off id=d"), "ok drained=");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok ");
    CHECK_EQUAL(agent_end(&agent), 0);
}

int main(void)
{
    setenv("CHAOS_LEASE_MS", "50", 0); /* what agents have by themselves: its length is measured */
    signal(SIGPIPE, SIG_IGN);
    network = network_create();
    RUN(off_loses_and_reorders_nothing);
    RUN(end_of_input_loses_nothing);
    RUN(sigterm_loses_nothing);
    RUN(death_of_the_parent_loses_nothing);
    RUN(sigkill_leaves_nothing_behind);
    RUN(a_stopped_agent_passes_packets);
    RUN(a_pod_may_vanish_in_mid_fault);
    network_destroy(&network);
    return check_summary();
}

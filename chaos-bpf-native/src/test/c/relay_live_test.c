// SPDX-License-Identifier: Apache-2.0
/* `chaos-agent relay`: what makes it end, and that it needs no privilege. Its streams are relay_test.c's. */
#include <arpa/inet.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "live.h"

#define NOBODY 65534

static char port[8], target_name[32];
static struct sockaddr_in relay_address;

static int bind_any(struct sockaddr_in *address)
{
    socklen_t size = sizeof *address;
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bind(fd, (struct sockaddr *)address, size);
    getsockname(fd, (struct sockaddr *)address, &size);
    return fd;
}

static struct agent start_relay(void)
{
    return agent_start_with((const char *[]){"relay", "--silence", "1", port, target_name, NULL}, NULL);
}

static int can_connect(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int connected = !connect(fd, (struct sockaddr *)&relay_address, sizeof relay_address);
    close(fd);
    return connected;
}

static void ends_with_its_input_and_in_silence(void)
{
    struct agent relay = start_relay();
    CHECK(can_connect());
    CHECK_EQUAL(agent_end(&relay), 0);
    CHECK(!can_connect());
    relay = start_relay();
    uint64_t start = clock_now_ns();
    CHECK_EQUAL(agent_wait(&relay), 0);
    CHECK((clock_now_ns() - start) / 1000000 >= 900);
}

static void requests_keep_it_while_connections_do_not(void)
{
    struct agent relay = start_relay();
    for (int i = 0; i < 4; i++) {
        sleep_ms(300);
        CHECK_CONTAINS(agent_ask(&relay, "hello"), "ok version=3 ");
    }
    CHECK_CONTAINS(agent_ask(&relay, "attach id=a kind=networkdelay pid=1"), "error code=bad_request");
    for (int i = 0; i < 10 && can_connect(); i++)
        sleep_ms(300);
    CHECK(!can_connect());
    CHECK_EQUAL(agent_wait(&relay), 0);
}

/* As in a namespace whose Pod Security is `restricted`. */
static void needs_no_privilege(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        if (setgroups(0, NULL) || setgid(NOBODY) || setuid(NOBODY))
            _exit(2);
        struct agent relay = start_relay();
        _exit(!can_connect() || agent_end(&relay) != 0);
    }
    int status = -1;
    waitpid(pid, &status, 0);
    CHECK_EQUAL(status, 0);
}

static void says_what_is_wrong_with_a_target(void)
{
    char command[512];
    snprintf(command, sizeof command, "'%s' relay 20001 shop:80 2>&1 </dev/null | grep -q 'ADDRESS:PORT'",
             getenv("CHAOS_AGENT"));
    CHECK_EQUAL(system(command), 0);
    snprintf(command, sizeof command, "'%s' relay 20001 </dev/null >/dev/null 2>&1", getenv("CHAOS_AGENT"));
    CHECK_EQUAL(WEXITSTATUS(system(command)), 2);
}

int main(void)
{
    struct sockaddr_in target;
    signal(SIGPIPE, SIG_IGN);
    listen(bind_any(&target), 16);
    close(bind_any(&relay_address));
    snprintf(port, sizeof port, "%d", ntohs(relay_address.sin_port));
    snprintf(target_name, sizeof target_name, "127.0.0.1:%d", ntohs(target.sin_port));
    RUN(ends_with_its_input_and_in_silence);
    RUN(requests_keep_it_while_connections_do_not);
    RUN(needs_no_privilege);
    RUN(says_what_is_wrong_with_a_target);
    return check_summary();
}

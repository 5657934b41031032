// SPDX-License-Identifier: Apache-2.0
/* kind=podkill: the signal reaches the process that was meant, and no other. */
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "live.h"

static struct agent agent;

/* Exits with 7 at SIGTERM. */
static void at_term(int signal)
{
    (void)signal;
    _exit(7);
}

/* The first process of a pid namespace, as a container's is. */
static pid_t first_process(void)
{
    int ready[2];
    char byte;
    if (pipe(ready))
        abort();
    pid_t pid = (pid_t)syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, NULL, NULL, NULL, NULL);
    if (!pid) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        signal(SIGTERM, at_term);
        if (write(ready[1], "", 1) != 1)
            _exit(1);
        for (;;)
            pause();
    }
    CHECK(pid > 0 && read(ready[0], &byte, 1) == 1);
    close(ready[0]);
    close(ready[1]);
    return pid;
}

static int status_of(pid_t pid)
{
    int status = 0;
    CHECK_EQUAL(waitpid(pid, &status, 0), pid);
    return status;
}

static void kills_what_is_meant_and_nothing_else(void)
{
    pid_t meant = first_process(), other = first_process();
    CHECK_CONTAINS(agent_ask(&agent, "attach id=k kind=podkill signal=kill pid=%d", meant), "ok mechanism=signal");
    CHECK_EQUAL(kill(meant, 0), 0);
    CHECK_CONTAINS(agent_ask(&agent, "stats id=k"), "ended=no");
    agent_ask(&agent, "on id=k");
    int status = status_of(meant);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    CHECK_CONTAINS(agent_ask(&agent, "stats id=k"), "seen=1 matched=1 hit=1");
    CHECK_CONTAINS(agent_ask(&agent, "stats id=k"), "ended=yes");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=k"), "ok");
    CHECK_EQUAL(kill(other, 0), 0);
    kill(other, SIGKILL);
    status_of(other);
}

static void asks_to_end_by_sigterm(void)
{
    pid_t meant = first_process();
    CHECK_CONTAINS(agent_ask(&agent, "attach id=k kind=podkill signal=term pid=%d", meant), "ok");
    agent_ask(&agent, "on id=k");
    int status = status_of(meant);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    agent_ask(&agent, "detach id=k");
}

static void one_that_ended_is_no_hit(void)
{
    pid_t meant = first_process();
    CHECK_CONTAINS(agent_ask(&agent, "attach id=k kind=podkill signal=kill pid=%d", meant), "ok");
    kill(meant, SIGKILL);
    siginfo_t end;
    CHECK(!waitid(P_PID, (id_t)meant, &end, WEXITED | WNOWAIT)); /* a zombie still takes signals */
    agent_ask(&agent, "on id=k");
    CHECK_CONTAINS(agent_ask(&agent, "stats id=k"), "seen=1 matched=0 hit=0");
    status_of(meant);
    agent_ask(&agent, "on id=k");
    CHECK_CONTAINS(agent_ask(&agent, "stats id=k"), "seen=2 matched=0 hit=0");
    agent_ask(&agent, "detach id=k");
    CHECK_CONTAINS(agent_ask(&agent, "attach id=k kind=podkill signal=kill pid=%d", meant), "error code=no_target");
}

static void refuses(const char *words, const char *reason)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=k kind=podkill %s", words), reason);
}

static void refuses_what_is_no_pod(void)
{
    char own[64], helper[64];
    snprintf(own, sizeof own, "signal=kill pid=%d", getpid());
    snprintf(helper, sizeof helper, "signal=kill pid=%d", agent.pid);
    refuses(own, "own%20pid%20namespace");
    refuses(helper, "own%20pid%20namespace");
    refuses("signal=hup pid=1", "expected%20kill%20or%20term");
    refuses("pid=1", "signal");
    refuses("signal=kill pid=1 every=1", "every");
}

static void a_killed_agent_kills_nobody(void)
{
    pid_t meant = first_process();
    struct agent dying = agent_start(NULL);
    CHECK_CONTAINS(agent_ask(&dying, "attach id=k kind=podkill signal=kill pid=%d", meant), "ok");
    kill(dying.pid, SIGKILL);
    agent_wait(&dying);
    CHECK_EQUAL(kill(meant, 0), 0);
    CHECK_EQUAL(waitpid(meant, NULL, WNOHANG), 0);
    kill(meant, SIGKILL);
    status_of(meant);
}

int main(void)
{
    agent = agent_start(NULL);
    RUN(kills_what_is_meant_and_nothing_else);
    RUN(asks_to_end_by_sigterm);
    RUN(one_that_ended_is_no_hit);
    RUN(refuses_what_is_no_pod);
    RUN(a_killed_agent_kills_nobody);
    agent_end(&agent);
    return check_summary();
}

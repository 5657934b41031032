// SPDX-License-Identifier: Apache-2.0
/* Where the keeper does not start, and by whom. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "keeper.h"

#include "check.h"
#include "live.h"
#include "uring_target.h"

#define NOBODY 65534

static char directory[] = "/tmp/chaos-keeper-XXXXXX";

static pid_t start_keeper(const char *path)
{
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        _exit(keeper_main(path));
    }
    return pid;
}

static int keep_ends_with(const char *path)
{
    int status = -1;
    pid_t pid = start_keeper(path);
    for (int ms = 0; ms < 5000 && waitpid(pid, &status, WNOHANG) == 0; ms += 10)
        sleep_ms(10);
    if (kill(pid, SIGKILL) == 0 && status == -1)
        waitpid(pid, NULL, 0);
    return status == -1 ? -1 : WEXITSTATUS(status);
}

static void a_directory_that_others_can_write_is_refused(void)
{
    char bad[80];
    snprintf(bad, sizeof bad, "%s/open", directory);
    CHECK(!mkdir(bad, 0700) && !chmod(bad, 01777));
    CHECK_EQUAL(keep_ends_with(bad), 1);
    CHECK(!chmod(bad, 0755) && !chown(bad, NOBODY, NOBODY));
    CHECK_EQUAL(keep_ends_with(bad), 1);
    CHECK(!rmdir(bad) && !symlink(directory, bad));
    CHECK_EQUAL(keep_ends_with(bad), 1);
    CHECK(!unlink(bad));
}

static int agent_ends_with(const char *sudo_command, const char *verb)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        setenv("SUDO_COMMAND", sudo_command, 1);
        execl(getenv("CHAOS_AGENT"), "chaos-agent", verb, directory, "--", "/bin/true", NULL);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    return WEXITSTATUS(status);
}

static void sudo_of_the_agent_alone_gives_no_shell(void)
{
    char command[4096], socket[64];
    pid_t keeper = start_keeper(directory);
    snprintf(socket, sizeof socket, "%s/keeper.sock", directory);
    for (int ms = 0; ms < 5000 && access(socket, F_OK); ms += 10)
        sleep_ms(10);
    snprintf(command, sizeof command, "%s launch %s -- /bin/true", getenv("CHAOS_AGENT"), directory);
    CHECK_EQUAL(agent_ends_with(command, "launch"), 1);
    snprintf(command, sizeof command, "/bin/sh -c %s launch", getenv("CHAOS_AGENT"));
    CHECK_EQUAL(agent_ends_with(command, "launch"), 0);
    uring_keeper_end(keeper, directory);
}

int main(void)
{
    if (!mkdtemp(directory))
        return 1;
    RUN(a_directory_that_others_can_write_is_refused);
    RUN(sudo_of_the_agent_alone_gives_no_shell);
    return check_summary();
}

// SPDX-License-Identifier: Apache-2.0
/* Programs that are run in a container: they are in it, have no more rights than it, and end in time. */
#include "exec.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "live.h"

#define CAPABILITIES "400" /* of all, to bind low ports */
#define NAMESPACES (CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC)

static char directory[] = "/tmp/chaos-exec-XXXXXX";
static char plan[64], first_plan[64], root[64];
static const char *shell = "sh";
static pid_t container;

/* As uid 7 in /tmp, with one variable more than PATH, and what this machine's shell needs. */
static void write_plan(const char *path, const char *command, int with_files)
{
    static const char *const files[] = {"/usr", "/bin", "/lib", "/lib64"};
    FILE *file = fopen(path, "w");
    fprintf(file, "/tmp%c7%c8%c1%c9%c" CAPABILITIES "%c0%c", 0, 0, 0, 0, 0, 0, 0);
    fprintf(file, "2%cPATH=/usr/bin:/bin%cA=b c%c", 0, 0, 0);
    fprintf(file, "3%c%s%c-c%c%s%c", 0, shell, 0, 0, command, 0);
    int count = 0;
    for (int i = 0; i < 4; i++)
        count += with_files && !access(files[i], F_OK);
    fprintf(file, "%d%c", 3 * count, 0);
    for (int i = 0; i < 4; i++)
        if (with_files && !access(files[i], F_OK))
            fprintf(file, "bind%c%s%c%s%c", 0, files[i], 0, files[i], 0);
    fprintf(file, "0%c0%c0%c", 0, 0, 0);
    fclose(file);
}

/* A first process that becomes the container; in between, for as long as it is told, it still has our root. */
static pid_t start_container(int waits_ms)
{
    int numbers[2];
    pid_t pid = -1;
    CHECK(!pipe(numbers));
    pid_t holder = fork();
    if (holder == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (unshare(NAMESPACES) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
            _exit(1);
        pid_t first = fork();
        if (first == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            sleep_ms(waits_ms);
            execl(getenv("CHAOS_AGENT"), "chaos-agent", "contain", first_plan, root, NULL);
            _exit(1);
        }
        (void)!write(numbers[1], &first, sizeof first);
        waitpid(first, NULL, 0);
        _exit(0);
    }
    CHECK(read(numbers[0], &pid, sizeof pid) == sizeof pid);
    close(numbers[0]);
    close(numbers[1]);
    return pid;
}

/* What exec says of a command in a process, and its exit code in front. */
static const char *exec_in(pid_t process, const char *command, const char *ms)
{
    static char said[16384];
    char number[16], *arguments[] = {plan, number, (char *)ms, NULL};
    int out[2], status = -1;
    snprintf(number, sizeof number, "%d", process);
    write_plan(plan, command, 0);
    CHECK(!pipe2(out, O_CLOEXEC));
    pid_t pid = fork();
    if (pid == 0) {
        dup2(out[1], STDOUT_FILENO);
        dup2(out[1], STDERR_FILENO);
        int rc = exec_main(arguments);
        fflush(stdout);
        _exit(rc);
    }
    close(out[1]);
    size_t length = 0;
    for (ssize_t n; (n = read(out[0], said + 2 + length, sizeof said - 3 - length)) > 0;)
        length += (size_t)n;
    said[2 + length] = 0;
    close(out[0]);
    CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
    said[0] = (char)('0' + WEXITSTATUS(status));
    said[1] = ' ';
    return said;
}

static const char *exec_in_container(const char *command)
{
    return exec_in(container, command, "5000");
}

static void its_exit_code_and_output_are_told(void)
{
    CHECK_TEXT(exec_in_container("echo out; echo err >&2"), "0 exit 0\nout\nerr\n");
    CHECK_TEXT(exec_in_container("exit 3"), "0 exit 3\n");
    CHECK_TEXT(exec_in_container("kill -9 $$"), "0 signal 9\n");
    const char *said = exec_in_container("yes | head -c 1000000");
    CHECK_EQUAL(strlen(said), strlen("0 exit 0\n") + 4096);
}

static void it_is_in_the_containers_namespaces(void)
{
    static const char *const kinds[] = {"mnt", "pid", "net", "uts", "ipc"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char path[64], name[64], expected[96], command[64];
        snprintf(path, sizeof path, "/proc/%d/ns/%s", container, kinds[i]);
        ssize_t n = readlink(path, name, sizeof name - 1);
        CHECK(n > 0);
        name[n > 0 ? n : 0] = 0;
        snprintf(command, sizeof command, "readlink /proc/self/ns/%s", kinds[i]);
        snprintf(expected, sizeof expected, "0 exit 0\n%s\n", name);
        CHECK_TEXT(exec_in_container(command), expected);
    }
    CHECK_TEXT(exec_in_container("pwd; ls /etc /root 2>/dev/null"), "0 exit 2\n/tmp\n");
}

static void it_has_the_containers_rights_and_no_more(void)
{
    CHECK_TEXT(exec_in_container("id -u; id -g; id -G; echo $A; cat"), "0 exit 0\n7\n8\n8 9\nb c\n");
    CHECK_TEXT(exec_in_container("grep -E 'Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs|Seccomp:' /proc/self/status"),
               "0 exit 0\nCapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n"
               "CapBnd:\t0000000000000400\nCapAmb:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n");
    CHECK_TEXT(exec_in_container("ls -x /proc/self/fd"), "0 exit 0\n0  1  2  3\n"); /* its own directory */
}

static void it_ends_when_its_time_is_over(void)
{
    uint64_t start_ns = clock_now_ns();
    CHECK_TEXT(exec_in(container, "echo begun; sleep 60 & sleep 61", "200"), "0 timeout\nbegun\n");
    CHECK(clock_now_ns() - start_ns < 5000000000);
    CHECK_TEXT(exec_in_container("grep -l '^sleep.6[01]' /proc/[0-9]*/cmdline"), "0 exit 1\n");
}

static void a_child_that_it_leaves_behind_is_not_waited_for(void)
{
    uint64_t start_ns = clock_now_ns();
    CHECK_TEXT(exec_in_container("sleep 3 & echo done"), "0 exit 0\ndone\n");
    CHECK(clock_now_ns() - start_ns < 2500000000);
}

static void nothing_runs_before_the_container_has_its_root(void)
{
    write_plan(first_plan, "sleep 60", 1);
    char other[] = "/tmp/chaos-exec-XXXXXX", of_container[64];
    CHECK(mkdtemp(other));
    strcpy(of_container, root);
    strcpy(root, other);
    pid_t late = start_container(60000);
    for (int ms = 0; ms < 500; ms += 10) { /* it may not have its namespaces yet */
        const char *said = exec_in(late, "echo ran", "1000");
        CHECK_CONTAINS(said, "1 chaos-agent exec: process ");
        sleep_ms(100);
        if (strstr(said, "has no root of its own yet\n"))
            break;
        CHECK(ms < 490);
    }
    kill(late, SIGKILL);
    strcpy(root, of_container);
    rmdir(other);
}

static void a_program_that_cannot_be_run_has_no_exit_code(void)
{
    shell = "nothing";
    CHECK_TEXT(exec_in_container("exit 0"), "1 chaos-agent: nothing: No such file or directory\n");
    shell = "sh";
}

static void what_is_not_below_us_is_left_alone(void)
{
    CHECK_CONTAINS(exec_in(getpid(), "echo ran", "1000"), "1 chaos-agent exec: process ");
    CHECK_CONTAINS(exec_in(99999999, "echo ran", "1000"), "its namespaces: No such file or directory\n");
    CHECK_CONTAINS(exec_in(container, "echo ran", "0"), "1 chaos-agent exec: 0: expected 1 to 3600000 milliseconds\n");
}

int main(void)
{
    if (!mkdtemp(directory))
        return 1;
    snprintf(plan, sizeof plan, "%s/plan", directory);
    snprintf(first_plan, sizeof first_plan, "%s/first", directory);
    snprintf(root, sizeof root, "%s/root", directory);
    CHECK(!mkdir(root, 0755));
    write_plan(first_plan, "exec sleep 60", 1);
    container = start_container(0);
    for (int ms = 0; ms < 5000 && *exec_in_container("exit 0") != '0'; ms += 10)
        sleep_ms(10);
    RUN(its_exit_code_and_output_are_told);
    RUN(it_is_in_the_containers_namespaces);
    RUN(it_has_the_containers_rights_and_no_more);
    RUN(it_ends_when_its_time_is_over);
    RUN(a_child_that_it_leaves_behind_is_not_waited_for);
    RUN(nothing_runs_before_the_container_has_its_root);
    RUN(a_program_that_cannot_be_run_has_no_exit_code);
    RUN(what_is_not_below_us_is_left_alone);
    kill(container, SIGKILL);
    unlink(plan);
    unlink(first_plan);
    rmdir(root);
    rmdir(directory);
    return check_summary();
}

// SPDX-License-Identifier: Apache-2.0
/* Plans of containers, and paths below their roots. */
#include "plan.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "within.h"

static char directory[] = "/tmp/chaos-plan-XXXXXX";
static char file[64];

static int read_plan(struct plan *plan, const char *text, size_t size)
{
    int fd = open(file, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    CHECK(write(fd, text, size) == (ssize_t)size && !close(fd));
    return plan_read(plan, file);
}

static const char good[] = "/app\0"
                           "7\0"
                           "8\0"
                           "2\0"
                           "9\0"
                           "10\0"
                           "a80425fb\0"
                           "1\0"
                           "1\0"
                           "A=b c\0"
                           "2\0"
                           "/bin/x\0"
                           "\0"
                           "3\0"
                           "bind\0"
                           "/from\0"
                           "/to\0"
                           "4\0"
                           "/volume/file\0"
                           "0644\0"
                           "-1\0"
                           "00ff\0"
                           "5\0"
                           "/volume\0"
                           "-1\0"
                           "\0"
                           "/etc/app\0"
                           "ro\0"
                           "2\0"
                           "/cgroup/pids.max\0"
                           "7"; /* the last NUL is the compiler's */

static void a_plan_is_read_and_removed(void)
{
    struct plan plan;
    CHECK_EQUAL(read_plan(&plan, good, sizeof good), 0);
    CHECK(access(file, F_OK));
    CHECK(!strcmp(plan.cwd, "/app") && plan.user == 7 && plan.group == 8 && plan.capabilities == 0xa80425fb);
    CHECK(plan.group_count == 2 && plan.groups[0] == 9 && plan.groups[1] == 10 && plan.read_only);
    CHECK(!strcmp(plan.environment[0], "A=b c") && !plan.environment[1]);
    CHECK(!strcmp(plan.arguments[0], "/bin/x") && !*plan.arguments[1] && !plan.arguments[2]);
    CHECK(!strcmp(plan.files[2], "/to") && !plan.files[3]);
    CHECK(!strcmp(plan.given[3], "00ff") && !plan.given[4]);
    CHECK(!strcmp(plan.volumes[4], "ro") && !plan.volumes[5]);
    CHECK(!strcmp(plan.limits[1], "7") && !plan.limits[2]);
    plan_free(&plan);
}

static void a_plan_that_is_cut_off_anywhere_is_refused(void)
{
    struct plan plan;
    for (size_t size = 0; size < sizeof good; size++)
        CHECK_EQUAL(read_plan(&plan, good, size), -1);
    CHECK_EQUAL(plan_read(&plan, file), -1); /* it is gone */
}

static void no_path_leads_out_of_a_root(void)
{
    int root = open(directory, O_PATH | O_DIRECTORY);
    CHECK(!symlinkat("/", root, "out"));
    CHECK_EQUAL(within_directory(root, "/out/chaos-plan-made"), -1);
    CHECK_EQUAL(within_directory(root, "/../chaos-plan-made"), -1);
    CHECK_EQUAL(within_file(root, "/out", O_RDONLY), -1);
    CHECK_EQUAL(within_file(root, "/a/../../chaos-plan-made", O_RDONLY), -1);
    CHECK(access("/chaos-plan-made", F_OK) && access("/tmp/chaos-plan-made", F_OK));
    int made = within_file(root, "/a/b//c", O_WRONLY);
    CHECK(made >= 0 && !faccessat(root, "a/b/c", F_OK, 0));
    close(made);
    close(root);
}

int main(void)
{
    CHECK(mkdtemp(directory));
    snprintf(file, sizeof file, "%s/plan", directory);
    RUN(a_plan_is_read_and_removed);
    RUN(a_plan_that_is_cut_off_anywhere_is_refused);
    RUN(no_path_leads_out_of_a_root);
    char command[96];
    snprintf(command, sizeof command, "rm -r %s", directory);
    CHECK_EQUAL(system(command), 0);
    return check_summary();
}

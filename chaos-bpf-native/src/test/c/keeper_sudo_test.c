// SPDX-License-Identifier: Apache-2.0
/* Whether a value of SUDO_COMMAND names the program that asks: here, this test. */
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "sudo.h"

#include "check.h"

static char self[PATH_MAX];
static char directory[] = "/tmp/chaos sudo-XXXXXX"; /* sudo does not quote its words */

static bool names_us(const char *path, const char *arguments)
{
    static char command[2 * PATH_MAX];
    snprintf(command, sizeof command, "%s%s", path, arguments);
    return sudo_names_us(command);
}

static void is_named_by_its_path(void)
{
    CHECK(names_us(self, ""));
    CHECK(names_us(self, " keep /tmp/x"));
    CHECK(names_us(self, " launch /tmp/x -- /bin/sh"));
}

static void is_named_by_a_link(void)
{
    char link_path[PATH_MAX];
    snprintf(link_path, sizeof link_path, "%s/an agent", directory);
    CHECK(!symlink(self, link_path));
    CHECK(names_us(link_path, " keep /tmp/x"));
    unlink(link_path);
    CHECK(!link(self, link_path) || true); /* not across file systems */
    CHECK(access(link_path, F_OK) || names_us(link_path, ""));
    unlink(link_path);
}

/* Counted from a directory that sudo may have left since. */
static void is_named_by_a_relative_path(void)
{
    const char *name = strrchr(self, '/') + 1;
    CHECK(names_us(name, " keep x"));
    CHECK(names_us("./", name));
    CHECK(names_us("../nowhere/", name));
}

static void a_shell_that_starts_it_is_another_program(void)
{
    char script[PATH_MAX + 64];
    snprintf(script, sizeof script, " -c %s keep /tmp/x", self);
    CHECK(!names_us("/bin/sh", script));
    CHECK(!names_us("/usr/bin/env", " -i sh"));
    CHECK(!names_us("sh", script));
    CHECK(!names_us(self, "-of-another-name keep"));
    CHECK(!names_us("", ""));
    CHECK(!sudo_names_us(NULL));
}

int main(void)
{
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n < 0 || !mkdtemp(directory))
        return 1;
    RUN(is_named_by_its_path);
    RUN(is_named_by_a_link);
    RUN(is_named_by_a_relative_path);
    RUN(a_shell_that_starts_it_is_another_program);
    rmdir(directory);
    return check_summary();
}

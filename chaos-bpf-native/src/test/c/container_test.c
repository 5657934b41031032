// SPDX-License-Identifier: Apache-2.0
#include "container.h"

#include <stdlib.h>

#include "check.h"
#include "target.h"

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void takes_a_full_id_only(void)
{
    CHECK(container_id_is_full(ID));
    CHECK(!container_id_is_full(""));
    CHECK(!container_id_is_full("0123456789ab"));
    CHECK(!container_id_is_full(ID "0"));
    CHECK(!container_id_is_full("0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef"));
    CHECK(!container_id_is_full("containerd://" ID));
}

static void knows_the_names_that_runtimes_give(void)
{
    static const char *const lines[] = {
        "0::/kubepods/besteffort/pod7e1b/" ID "\n",
        "0::/" ID,
        "0::/kubepods.slice/kubepods-pod7e1b.slice/cri-containerd-" ID ".scope\n",
        "0::/kubepods.slice/crio-" ID ".scope/container\n",
        "0::/system.slice/docker-" ID ".scope/init.scope\n",
        "0::/kubepods/burstable/pod7e1b/crio-" ID "\n",
        "0::/../../kubepods-pod7e1b.slice:cri-containerd:" ID "\n",
        "9:name=systemd:/docker/" OTHER "/kubepods/pod7e1b/" ID "\n",
        "4:memory:/docker/" ID "\n",
        "3:cpu,cpuacct:/docker/" ID "/nested/deeper\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        check(container_owns_cgroup(ID, lines[i]), lines[i], __FILE__, __LINE__);
}

static void does_not_take_another_cgroup_for_it(void)
{
    static const char *const lines[] = {
        "",
        "\n",
        "0",
        "0::",
        "0::/\n",
        "0::/kubepods/pod7e1b/" OTHER "\n",
        "0::/kubepods/pod7e1b/x" ID "\n",
        "0::/kubepods/pod7e1b/" ID "0\n",
        "0::/system.slice/docker-" ID ".service\n",
        "0::/system.slice/docker-" ID ".scope.d\n",
        "0::/machine.slice/libpod-conmon-" ID ".scope\n",
        "0::/kubepods/pod7e1b/crio-conmon-" ID "\n",
        "1:name=" ID ":/\n",
        ID ":x:/\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        check(!container_owns_cgroup(ID, lines[i]), lines[i], __FILE__, __LINE__);
}

/* A line in memory of exactly its size, so that the sanitizer sees a read beyond it. */
static bool owns_exact(const char *line)
{
    char *copy = strdup(line);
    bool owns = container_owns_cgroup(ID, copy);
    free(copy);
    return owns;
}

static void reads_no_byte_too_many(void)
{
    const char *line = "0::/a/cri-containerd-" ID ".scope/b";
    char cut[128];
    int owned = 0;
    for (size_t n = 0; n <= strlen(line); n++) {
        snprintf(cut, n + 1, "%s", line);
        owned += owns_exact(cut);
    }
    CHECK_EQUAL(owned, 1 + 3); /* `-ID`, then the whole of .scope, its slash and what follows */
}

static void reads_the_start_time(void)
{
    uint64_t ticks = 0;
    CHECK(container_start_time("7 (sh) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 1000 2", &ticks));
    CHECK_EQUAL(ticks, 98765);
    CHECK(container_start_time("7 (a) S (b) R 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4321 1000 2", &ticks));
    CHECK_EQUAL(ticks, 4321);
}

static void the_dead_have_no_start_time(void)
{
    uint64_t ticks;
    CHECK(!container_start_time("7 (sh) Z 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 1000 2", &ticks));
    CHECK(!container_start_time("7 (sh) X 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 1000 2", &ticks));
    CHECK(!container_start_time("7 (sh) S 1 7 7", &ticks));
    CHECK(!container_start_time("7 (sh)", &ticks));
    CHECK(!container_start_time("7 (sh) ", &ticks));
    CHECK(!container_start_time("", &ticks));
}

static void refuse(const char *line, const char *code, const char *reason)
{
    static struct request request;
    struct failure failure = {.code = ""};
    struct target target;
    CHECK_EQUAL(request_parse(&request, line, &failure), 0);
    CHECK_EQUAL(target_require(&request, &target, &failure), -1);
    CHECK_TEXT(failure.code, code);
    CHECK_CONTAINS(failure.msg, reason);
}

static void a_target_has_exactly_one_name(void)
{
    refuse("attach", BAD_REQUEST, "exactly one of pid=N and container=ID");
    refuse("attach pid=1 container=" ID, BAD_REQUEST, "exactly one of pid=N and container=ID");
    refuse("attach container=", BAD_REQUEST, "expected the full id, 64 digits of 0-9a-f");
    refuse("attach container=0123456789ab", BAD_REQUEST, "container=0123456789ab: expected the full id");
    refuse("attach pid=0", BAD_REQUEST, "pid=0: expected a whole number from 1 to 4194304");
    refuse("attach pid=", BAD_REQUEST, "pid=: expected a whole number");
    refuse("attach container=" ID, NO_CONTAINER, "processes that the agent sees");
}

int main(void)
{
    RUN(takes_a_full_id_only);
    RUN(knows_the_names_that_runtimes_give);
    RUN(does_not_take_another_cgroup_for_it);
    RUN(reads_no_byte_too_many);
    RUN(reads_the_start_time);
    RUN(the_dead_have_no_start_time);
    RUN(a_target_has_exactly_one_name);
    return check_summary();
}

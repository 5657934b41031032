// SPDX-License-Identifier: Apache-2.0
#include "membership.h"

#include "check.h"
#include "frozen_pod.h"

#define V2 MEMBERSHIP_UNIFIED

static void finds_the_line_of_a_hierarchy(void)
{
    CHECK_TEXT(membership_path("4:memory:/docker/1f", "memory"), "/docker/1f");
    CHECK_TEXT(membership_path("3:cpu,cpuacct:/a/b", "cpu"), "/a/b");
    CHECK_TEXT(membership_path("3:cpu,cpuacct:/a/b", "cpuacct"), "/a/b");
    CHECK_TEXT(membership_path("1:name=systemd:/init.scope", "name=systemd"), "/init.scope");
    CHECK_TEXT(membership_path("0::/kubepods/pod1/2", V2), "/kubepods/pod1/2");
}

static void takes_no_other_line_for_it(void)
{
    CHECK(!membership_path("3:cpu,cpuacct:/", "cpua"));
    CHECK(!membership_path("3:cpu,cpuacct:/", "acct"));
    CHECK(!membership_path("3:cpu,cpuacct:/memory", "memory"));
    CHECK(!membership_path("0::/memory", "memory"));
    CHECK(!membership_path("10::/x", V2));
    CHECK(!membership_path("1:name=x:/", V2));
    CHECK(!membership_path("", V2));
    CHECK(!membership_path("4:memory", "memory"));
}

static void mounts(const char *line, const char *controller, const char *root, const char *point)
{
    char is_root[MEMBERSHIP_PATH], is_point[MEMBERSHIP_PATH];
    CHECK(membership_mount(line, controller, is_root, is_point));
    CHECK_TEXT(is_root, root);
    CHECK_TEXT(is_point, point);
}

static void finds_where_a_hierarchy_is_mounted(void)
{
    mounts("36 25 0:32 / /sys/fs/cgroup/unified rw shared:9 - cgroup2 cgroup2 rw\n", V2, "/", "/sys/fs/cgroup/unified");
    mounts("30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n", V2, "/", "/sys/fs/cgroup");
    mounts("36 25 0:32 /docker/1f /sys/fs/cgroup/freezer ro - cgroup cgroup rw,freezer\n", "freezer", "/docker/1f",
           "/sys/fs/cgroup/freezer");
    mounts("36 25 0:32 / /c rw - cgroup none rw,cpu,cpuacct\n", "cpuacct", "/", "/c");
    mounts("36 25 0:32 / /s rw - cgroup none rw,xattr,name=systemd\n", "name=systemd", "/", "/s");
}

static void takes_no_other_mount_for_it(void)
{
    char root[MEMBERSHIP_PATH], point[MEMBERSHIP_PATH];
    CHECK(!membership_mount("36 25 0:32 / /c rw - cgroup none rw,freezer\n", V2, root, point));
    CHECK(!membership_mount("36 25 0:32 / /c rw - cgroup none rw,freezer\n", "memory", root, point));
    CHECK(!membership_mount("36 25 0:32 / /c rw - cgroup2 none rw\n", "memory", root, point));
    CHECK(!membership_mount("36 25 0:32 / /memory rw - tmpfs memory rw,memory\n", "memory", root, point));
    CHECK(!membership_mount("36 25 0:32 / /c rw\n", V2, root, point));
    CHECK(!membership_mount("\n", V2, root, point));
}

static void pod(const char *path, const char *name)
{
    char found[MEMBERSHIP_PATH];
    snprintf(found, sizeof found, "%.*s", (int)frozen_pod_name(path), path);
    CHECK_TEXT(found, name);
}

static void tells_a_pod_by_the_names_that_kubelets_and_we_give(void)
{
    pod("/kubepods/burstable/pod7e1b/ab12", "/kubepods/burstable/pod7e1b");
    pod("/docker/1f/kubepods/pod7e1b/ab12", "/docker/1f/kubepods/pod7e1b");
    pod("/kubepods.slice/kubepods-pod7e1b.slice/cri-containerd-ab.scope", "/kubepods.slice/kubepods-pod7e1b.slice");
    pod("/chaos-junit-3/web-0/web", "/chaos-junit-3/web-0");
    pod("/docker/1f/chaos-junit-3/web-0/web", "/docker/1f/chaos-junit-3/web-0");
    pod("/docker/ab12", "");
    pod("/system.slice/docker-ab12.scope", "");
    pod("/kubepods/burstable/ab12", "");
    pod("/chaos-junit-3/_node", "");
    pod("/x", "");
    pod("/", "");
    pod("", "");
}

int main(void)
{
    RUN(finds_the_line_of_a_hierarchy);
    RUN(takes_no_other_line_for_it);
    RUN(finds_where_a_hierarchy_is_mounted);
    RUN(takes_no_other_mount_for_it);
    RUN(tells_a_pod_by_the_names_that_kubelets_and_we_give);
    return check_summary();
}

// SPDX-License-Identifier: Apache-2.0
#include "frozen_pod.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "container.h"

#define TAKEN_APART_MS 500

/* Kubernetes' `…/pod7e1b/ID` and `…/kubepods-pod7e1b.slice/ID.scope`; the local runtime's `/chaos-junit-3/POD/NAME`. */
size_t frozen_pod_name(const char *path)
{
    const char *end = strrchr(path, '/');
    const char *pod = end ? memrchr(path, '/', (size_t)(end - path)) : NULL;
    const char *node = pod ? memrchr(path, '/', (size_t)(pod - path)) : NULL;
    if (!pod)
        return 0;
    bool kubernetes = !strncmp(pod, "/pod", 4) || memmem(pod, (size_t)(end - pod), "-pod", 4);
    bool local = node && !strncmp(node, "/chaos-junit-", 13);
    return kubernetes || local ? (size_t)(end - path) : 0;
}

static bool is_within(const char *path, const char *outer, size_t length)
{
    return !strncmp(path, outer, length) && (!path[length] || path[length] == '/');
}

/* Which pid namespace; 0 once it has ended. */
static ino_t pid_namespace_of(int pid)
{
    char name[64];
    struct stat namespace;
    snprintf(name, sizeof name, "/proc/%d/ns/pid", pid);
    return stat(name, &namespace) ? 0 : namespace.st_ino;
}

/* Containerd itself, say, where its containers are put into cgroups of v1 only. */
static bool has_processes_of_ours(int directory)
{
    int fd = openat(directory, "cgroup.procs", O_RDONLY | O_CLOEXEC), pid;
    FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
    ino_t ours = pid_namespace_of(getpid());
    bool found = false;
    while (file && !found && fscanf(file, "%d", &pid) == 1)
        found = pid_namespace_of(pid) == ours;
    if (file)
        fclose(file);
    return found;
}

static int refuse_foreign(int directory, const char *path, const char *container, const char *controller,
                          struct failure *f)
{
    char own[MEMBERSHIP_PATH], line[MEMBERSHIP_PATH + 8];
    size_t pod = frozen_pod_name(path), length = pod ? pod : strlen(path);
    snprintf(line, sizeof line, "0::%s", path);
    if (!strcmp(path, "/"))
        return fail(f, UNSUPPORTED, 0, "it is in the root of the hierarchy, with all that has no cgroup of its own");
    if (container ? !container_owns_cgroup(container, line) : has_processes_of_ours(directory))
        return fail(f, UNSUPPORTED, 0, "its cgroup %s is no container's: others of the machine are in it", path);
    int ours = membership_open(getpid(), controller, own, f);
    if (ours < 0)
        return -1;
    close(ours);
    return is_within(own, path, length) ? fail(f, NO_TARGET, 0, "the helper itself is in %s", path) : 0;
}

static int add(struct frozen_pod *pod, int directory, bool unified, struct failure *f)
{
    if (pod->count == FROZEN_POD_MAX) {
        close(directory);
        return fail(f, UNSUPPORTED, 0, "its pod has more than %d cgroups", FROZEN_POD_MAX);
    }
    pod->freezer[pod->count++] = (struct freezer){directory, unified};
    return 0;
}

/* The others of the pod, which lie beside it; one that goes meanwhile was none to freeze. */
static int add_others(struct frozen_pod *pod, bool unified, struct failure *f)
{
    struct stat first, other;
    int parent = openat(pod->freezer[0].directory, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = 0;
    DIR *list = parent < 0 || fstat(pod->freezer[0].directory, &first) ? NULL : fdopendir(parent);
    for (struct dirent *entry; !rc && list && (entry = readdir(list));) {
        if (entry->d_type != DT_DIR || entry->d_name[0] == '.')
            continue;
        int directory = openat(parent, entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (directory >= 0 && !fstat(directory, &other) && other.st_ino != first.st_ino)
            rc = add(pod, directory, unified, f);
        else if (directory >= 0)
            close(directory);
    }
    if (list)
        closedir(list);
    else
        close(parent);
    return rc;
}

int frozen_pod_find(struct frozen_pod *pod, pid_t pid, const char *container, bool unified, struct failure *f)
{
    char path[MEMBERSHIP_PATH];
    const char *controller = unified ? MEMBERSHIP_UNIFIED : "freezer";
    int first = membership_open(pid, controller, path, f);
    *pod = (struct frozen_pod){.count = 0};
    if (first < 0)
        return -1;
    pod->freezer[pod->count++] = (struct freezer){first, unified};
    int rc = refuse_foreign(first, path, container, controller, f);
    if (!rc && faccessat(first, unified ? "cgroup.freeze" : "freezer.state", W_OK, 0))
        rc = fail_errno(f, UNSUPPORTED, "%s has no freezer that can be written", path);
    if (!rc && frozen_pod_name(path))
        rc = add_others(pod, unified, f);
    if (!rc && !frozen_pod_goes_on(pod))
        rc = fail(f, FAILED, 0, "%s is frozen already, by somebody else", path);
    if (rc)
        frozen_pod_close(pod);
    return rc;
}

void frozen_pod_close(struct frozen_pod *pod)
{
    while (pod->count)
        close(pod->freezer[--pod->count].directory);
}

bool frozen_pod_stands(const struct frozen_pod *pod)
{
    int standing = 0;
    for (int i = 0; i < pod->count; i++) {
        enum freezer_state state = freezer_state(&pod->freezer[i]);
        if (state == FREEZER_THAWED || state == FREEZER_ASKED)
            return false;
        standing += state == FREEZER_FROZEN;
    }
    return standing > 0;
}

bool frozen_pod_goes_on(const struct frozen_pod *pod)
{
    for (int i = 0; i < pod->count; i++)
        if (freezer_state(&pod->freezer[i]) > FREEZER_THAWED)
            return false;
    return true;
}

void frozen_pod_freeze(const struct frozen_pod *pod)
{
    for (int i = 0; i < pod->count; i++)
        freezer_freeze(&pod->freezer[i]);
}

void frozen_pod_thaw(const struct frozen_pod *pod)
{
    for (int i = 0; i < pod->count; i++)
        freezer_thaw(&pod->freezer[i]);
}

/* One that was detached just now may be taken apart still. */
static int claim(const struct freezer *freezer)
{
    int rc = freezer_claim(freezer);
    for (int ms = 0; rc && errno == EWOULDBLOCK && ms < TAKEN_APART_MS; ms += 5) {
        usleep(5000);
        rc = freezer_claim(freezer);
    }
    return rc;
}

int frozen_pod_claim(const struct frozen_pod *pod, struct failure *f)
{
    for (int i = 0; i < pod->count; i++) {
        if (!claim(&pod->freezer[i]))
            continue;
        int err = errno;
        for (int done = 0; done < i; done++)
            freezer_release(&pod->freezer[done]);
        return err == EWOULDBLOCK ? fail(f, FAILED, 0, "another helper pauses this pod")
                                  : fail(f, FAILED, err, "noting on a cgroup that it is frozen, to find it again");
    }
    return 0;
}

void frozen_pod_release(const struct frozen_pod *pod)
{
    for (int i = 0; i < pod->count; i++)
        freezer_release(&pod->freezer[i]);
}

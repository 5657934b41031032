// SPDX-License-Identifier: Apache-2.0
/* The BPF programs that a process holds, by its descriptors, and whether one still exists. */
#ifndef PROGRAMS_H
#define PROGRAMS_H

#include <dirent.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static inline int programs_of(pid_t pid, unsigned int *ids, int max)
{
    char path[300], line[128];
    int n = 0;
    snprintf(path, sizeof path, "/proc/%d/fdinfo", pid);
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        snprintf(path, sizeof path, "/proc/%d/fdinfo/%s", pid, entry->d_name);
        FILE *file = fopen(path, "re");
        while (file && n < max && fgets(line, sizeof line, file))
            n += sscanf(line, "prog_id: %u", &ids[n]) == 1;
        if (file)
            fclose(file);
    }
    if (dir)
        closedir(dir);
    return n;
}

/* Detached faults are taken apart beside requests: what is left of them after some seconds. */
static inline int programs_left_of(pid_t pid)
{
    unsigned int ids[64];
    int left = programs_of(pid, ids, 64);
    for (int wait = 0; left && wait < 200; wait++, left = programs_of(pid, ids, 64))
        usleep(50000);
    return left;
}

static inline int program_exists(unsigned int id)
{
    union bpf_attr attributes = {.prog_id = id};
    int fd = (int)syscall(SYS_bpf, BPF_PROG_GET_FD_BY_ID, &attributes, sizeof attributes);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

#endif

// SPDX-License-Identifier: Apache-2.0
/* What a container is to be: a file of texts, each ended by a NUL, as environment values may hold anything else. */
#ifndef PLAN_H
#define PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct plan {
    char *text, *end, *next;
    const char *cwd;
    uint32_t user, group, *groups; /* more of them */
    size_t group_count;
    uint64_t capabilities; /* by number; what is missing can never be had again */
    bool read_only;        /* nothing but volumes can be written */
    char **environment;    /* NULL at the end, as the next ones */
    char **arguments;
    char **files;   /* kind, source and target of each, in order: root.h */
    char **given;   /* files of volumes: volume.h */
    char **volumes; /* what is seen of them, likewise */
    char **limits;  /* cgroup.h */
};

/* Read it; what is wrong is said on stderr. The file is removed: there may be passwords in it. */
int plan_read(struct plan *plan, const char *path);

/* One that was read. */
void plan_free(struct plan *plan);

#endif

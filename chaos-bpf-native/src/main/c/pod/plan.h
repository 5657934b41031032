// SPDX-License-Identifier: Apache-2.0
/* What a container is to be: a file of texts, each ended by a NUL, as environment values may hold anything else. */
#ifndef PLAN_H
#define PLAN_H

#include <stddef.h>
#include <stdint.h>

struct plan {
    char *text, *end, *next;
    const char *cwd;
    uint32_t user, group;
    uint64_t capabilities; /* by number; what is missing can never be had again */
    char **environment;    /* NULL at the end, as the next two */
    char **arguments;
    char **files; /* kind, source and target of each, in order */
};

/* Read it; what is wrong is said on stderr. The file is removed: there may be passwords in it. */
int plan_read(struct plan *plan, const char *path);

/* One that was read. */
void plan_free(struct plan *plan);

#endif

// SPDX-License-Identifier: Apache-2.0
#include "registry.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "closing.h"
#include "target.h"

#define MAX_FAULTS 64
#define ID_SIZE 64

extern const struct fault_kind delay_kind, dns_kind, gopanic_kind, godelay_kind, iouring_kind;

static const struct fault_kind *const kinds[] = {
    &delay_kind, &dns_kind, &gopanic_kind, &godelay_kind, &iouring_kind, NULL,
};

static struct attached {
    char id[ID_SIZE];
    const struct fault_kind *kind; /* NULL: this slot is free */
    void *fault;
} faults[MAX_FAULTS];

/* Faults are also lifted from another thread, at any time: it needs to know which there are, and to have the last word.
 */
static pthread_mutex_t switching = PTHREAD_MUTEX_INITIALIZER;
static bool ended;

static struct attached *find(const char *id)
{
    for (int i = 0; i < MAX_FAULTS; i++)
        if (faults[i].kind && !strcmp(faults[i].id, id))
            return &faults[i];
    return NULL;
}

static struct attached *free_slot(void)
{
    for (int i = 0; i < MAX_FAULTS; i++)
        if (!faults[i].kind)
            return &faults[i];
    return NULL;
}

/* The fault that a request of the form `verb id=ID` is about. */
static struct attached *named(struct request *request, struct failure *f)
{
    const char *id = request_require(request, "id", f);
    if (!id || request_refuse_unknown(request, f))
        return NULL;
    struct attached *found = find(id);
    if (!found)
        fail(f, UNKNOWN_ID, 0, "no fault with id=%s is attached; `list` names those that are", id);
    return found;
}

static const struct fault_kind *require_kind(struct request *request, struct failure *f)
{
    const char *name = request_require(request, "kind", f);
    char known[128] = "";
    for (const struct fault_kind *const *kind = kinds; name && *kind; kind++) {
        if (!strcmp((*kind)->name, name))
            return *kind;
        snprintf(known + strlen(known), sizeof known - strlen(known), " %s", (*kind)->name);
    }
    if (name)
        fail(f, BAD_REQUEST, 0, "kind=%.40s: expected one of%s", name, known);
    return NULL;
}

int registry_attach(struct request *request, struct reply *reply, struct failure *f)
{
    const char *id = request_require(request, "id", f);
    if (!id)
        return -1;
    if (strlen(id) >= ID_SIZE || strchr(id, ','))
        return fail(f, BAD_REQUEST, 0, "id=%.80s: expected 1 to %d characters without a comma", id, ID_SIZE - 1);
    if (find(id))
        return fail(f, DUPLICATE_ID, 0, "a fault with id=%s is attached already; detach it or take another id", id);

    const struct fault_kind *kind = require_kind(request, f);
    struct target target;
    if (!kind || target_require(request, &target, f))
        return -1;
    struct attached *slot = free_slot();
    if (!slot)
        return fail(f, FAILED, 0, "%d faults are attached, more are not possible; detach one", MAX_FAULTS);
    slot->fault = kind->attach(request, &target, reply, f);
    if (!slot->fault)
        return -1;
    reply_number(reply, "pid", (uint64_t)target.pid);
    strcpy(slot->id, id);
    pthread_mutex_lock(&switching);
    slot->kind = kind;
    pthread_mutex_unlock(&switching);
    return 0;
}

int registry_on(struct request *request, struct reply *reply, struct failure *f)
{
    struct attached *found = named(request, f);
    if (!found)
        return -1;
    pthread_mutex_lock(&switching);
    int rc = ended ? fail(f, FAILED, 0, "the helper is ending: its input has ended, or its parent, or it was told to")
                   : found->kind->on(found->fault, reply, f);
    pthread_mutex_unlock(&switching);
    return rc;
}

int registry_off(struct request *request, struct reply *reply, struct failure *f)
{
    struct attached *found = named(request, f);
    return found ? found->kind->off(found->fault, reply, f) : -1;
}

int registry_stats(struct request *request, struct reply *reply, struct failure *f)
{
    struct attached *found = named(request, f);
    if (!found)
        return -1;
    found->kind->stats(found->fault, reply);
    return 0;
}

/* A failed off() does not keep a fault: everything it holds is closed all the same. */
static void take_apart(void *arg)
{
    struct attached *taken = arg;
    char unused[512];
    struct reply reply;
    struct failure ignored;
    reply_ok(&reply, unused, sizeof unused);
    taken->kind->off(taken->fault, &reply, &ignored);
    taken->kind->detach(taken->fault);
    free(taken);
}

static int detach(struct attached *slot, struct failure *f)
{
    struct attached *taken = malloc(sizeof *taken);
    if (!taken)
        return fail(f, FAILED, 0, "no memory to detach a fault, which is off");
    *taken = *slot;
    pthread_mutex_lock(&switching);
    slot->kind = NULL;
    pthread_mutex_unlock(&switching);
    closing_begin(taken->id, take_apart, taken);
    return 0;
}

int registry_detach(struct request *request, struct reply *reply, struct failure *f)
{
    struct attached *found = named(request, f);
    if (!found)
        return -1;
    struct failure ignored;
    found->kind->off(found->fault, reply, &ignored);
    return detach(found, f);
}

int registry_list(struct request *request, struct reply *reply, struct failure *f)
{
    if (request_refuse_unknown(request, f))
        return -1;
    reply_word(reply, "ids", "%s", "");
    const char *separator = "";
    for (int i = 0; i < MAX_FAULTS; i++) {
        if (!faults[i].kind)
            continue;
        reply_more(reply, "%s%s", separator, faults[i].id);
        separator = ",";
    }
    return 0;
}

void registry_lift_all(void)
{
    pthread_mutex_lock(&switching);
    ended = true;
    for (int i = 0; i < MAX_FAULTS; i++)
        if (faults[i].kind)
            faults[i].kind->lift(faults[i].fault);
    pthread_mutex_unlock(&switching);
}

void registry_detach_all(void)
{
    struct failure ignored;
    registry_lift_all();
    for (int i = 0; i < MAX_FAULTS; i++)
        if (faults[i].kind)
            detach(&faults[i], &ignored);
}

void registry_probe(struct reply *reply)
{
    for (const struct fault_kind *const *kind = kinds; *kind; kind++)
        (*kind)->probe(reply);
}

// SPDX-License-Identifier: Apache-2.0
#include "registry.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "attach.h"
#include "closing.h"
#include "fault.h"

#define ID_SIZE 64

struct attached {
    char id[ID_SIZE];
    struct fault *fault;
    struct attached *next;
};

static struct attached *faults; /* in the order in which they were attached */

/* Faults are also lifted from another thread, at any time: it needs to know which there are, and to have the last word.
 */
static pthread_mutex_t switching = PTHREAD_MUTEX_INITIALIZER;
static bool ended;

/* Where the one of an id is, or would be. */
static struct attached **place_of(const char *id)
{
    struct attached **place = &faults;
    while (*place && strcmp((*place)->id, id))
        place = &(*place)->next;
    return place;
}

/* The fault that a request of the form `verb id=ID` is about. */
static struct attached *named(struct request *request, struct failure *f)
{
    const char *id = request_require(request, "id", f);
    if (!id || request_refuse_unknown(request, f))
        return NULL;
    struct attached *found = *place_of(id);
    if (!found)
        fail(f, UNKNOWN_ID, 0, "no fault with id=%s is attached; `list` names those that are", id);
    return found;
}

int registry_attach(struct request *request, struct reply *reply, struct failure *f)
{
    const char *id = request_require(request, "id", f);
    if (!id)
        return -1;
    if (strlen(id) >= ID_SIZE || strchr(id, ','))
        return fail(f, BAD_REQUEST, 0, "id=%.80s: expected 1 to %d characters without a comma", id, ID_SIZE - 1);
    struct attached **place = place_of(id);
    if (*place)
        return fail(f, DUPLICATE_ID, 0, "a fault with id=%s is attached already; detach it or take another id", id);
    struct attached *added = calloc(1, sizeof *added);
    if (!added)
        return fail(f, FAILED, 0, "no memory for a fault");
    added->fault = attach_fault(request, reply, f);
    if (!added->fault) {
        free(added);
        return -1;
    }
    reply_number(reply, "pid", (uint64_t)added->fault->pid);
    strcpy(added->id, id);
    pthread_mutex_lock(&switching);
    *place = added;
    pthread_mutex_unlock(&switching);
    return 0;
}

int registry_on(struct request *request, struct reply *reply, struct failure *f)
{
    struct attached *found = named(request, f);
    if (!found)
        return -1;
    pthread_mutex_lock(&switching);
    int rc =
        ended ? fail(f, FAILED, 0, "the helper is ending: its input has ended, or its parent, or it was told to") : 0;
    if (!rc)
        fault_on(found->fault, reply);
    pthread_mutex_unlock(&switching);
    return rc;
}

int registry_off(struct request *request, struct reply *reply, struct failure *f)
{
    struct attached *found = named(request, f);
    return found ? fault_off(found->fault, reply, f) : -1;
}

int registry_stats(struct request *request, struct reply *reply, struct failure *f)
{
    struct attached *found = named(request, f);
    if (!found)
        return -1;
    fault_stats(found->fault, reply);
    return 0;
}

/* A failed off does not keep a fault: everything it holds is closed all the same. */
static void take_apart(void *arg)
{
    struct attached *taken = arg;
    char unused[512];
    struct reply reply;
    struct failure ignored;
    reply_ok(&reply, unused, sizeof unused);
    fault_off(taken->fault, &reply, &ignored);
    detach_fault(taken->fault);
    free(taken);
}

static void detach(struct attached *taken)
{
    pthread_mutex_lock(&switching);
    *place_of(taken->id) = taken->next;
    pthread_mutex_unlock(&switching);
    closing_begin(taken->id, take_apart, taken);
}

int registry_detach(struct request *request, struct reply *reply, struct failure *f)
{
    struct attached *found = named(request, f);
    if (!found)
        return -1;
    struct failure ignored;
    fault_off(found->fault, reply, &ignored);
    detach(found);
    return 0;
}

int registry_list(struct request *request, struct reply *reply, struct failure *f)
{
    if (request_refuse_unknown(request, f))
        return -1;
    reply_word(reply, "ids", "%s", "");
    for (const struct attached *one = faults; one; one = one->next)
        reply_more(reply, "%s%s", one == faults ? "" : ",", one->id);
    return 0;
}

void registry_lift_all(void)
{
    pthread_mutex_lock(&switching);
    ended = true;
    for (struct attached *one = faults; one; one = one->next)
        fault_lift(one->fault);
    pthread_mutex_unlock(&switching);
}

void registry_detach_all(void)
{
    registry_lift_all();
    while (faults)
        detach(faults);
}

// SPDX-License-Identifier: Apache-2.0
#include "attach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "closing.h"
#include "hook.h"
#include "lease.h"

struct search {
    const char *name;      /* of the kind */
    const char *mechanism; /* the only one to try; NULL: all */
    void *wanted;
    const struct target *target;
    char refused[1024];
    int refusals;
    const char *code; /* of a refusal that somebody can do something about, else of the latest */
};

static const struct fault_kind *require_kind(struct request *request, struct failure *f)
{
    const char *name = request_require(request, "kind", f), *latest = "";
    char known[256] = "";
    for (const struct fault_kind *const *kind = fault_kinds; name && *kind; kind++) {
        if (!strcmp((*kind)->name, name))
            return *kind;
        if (strcmp((*kind)->name, latest))
            snprintf(known + strlen(known), sizeof known - strlen(known), " %s", (*kind)->name);
        latest = (*kind)->name;
    }
    if (name)
        fail(f, BAD_REQUEST, 0, "kind=%.40s: expected one of%s", name, known);
    return NULL;
}

static bool is_tried(const struct search *search, const struct fault_kind *kind)
{
    return !strcmp(kind->name, search->name) && (!search->mechanism || !strcmp(kind->mechanism, search->mechanism));
}

static int require_mechanism(const struct search *search, struct failure *f)
{
    char known[256] = "";
    for (const struct fault_kind *const *kind = fault_kinds; *kind; kind++) {
        if (is_tried(search, *kind))
            return 0;
        if (!strcmp((*kind)->name, search->name) && !strstr(known, (*kind)->mechanism))
            snprintf(known + strlen(known), sizeof known - strlen(known), " %s", (*kind)->mechanism);
    }
    return fail(f, BAD_REQUEST, 0, "mechanism=%.40s: expected one of%s", search->mechanism, known);
}

static void note_refusal(struct search *search, const struct fault_kind *kind, const struct failure *f)
{
    char refusal[400];
    size_t length = strlen(search->refused);
    if (!search->code || !strcmp(search->code, UNSUPPORTED))
        search->code = f->code;
    snprintf(refusal, sizeof refusal, "%s: %.300s", kind->mechanism ? kind->mechanism : kind->name, f->msg);
    if (strstr(search->refused, refusal)) /* two mechanisms of one name may fail for the same reason */
        return;
    snprintf(search->refused + length, sizeof search->refused - length, "%s%s", length ? "; " : "", refusal);
    search->refusals++;
}

static struct fault *attach_by(const struct fault_kind *kind, struct search *search, struct reply *reply,
                               struct failure *f)
{
    struct fault *fault = kind->attach(search->wanted, search->target, reply, f);
    if (!fault) {
        note_refusal(search, kind, f);
        return NULL;
    }
    fault->kind = kind;
    fault->pid = search->target->pid;
    return fault;
}

static struct fault *attach_by_first(struct search *search, struct reply *reply, struct failure *f)
{
    struct fault *fault = NULL;
    for (int last = 0; last < 2; last++)
        for (const struct fault_kind *const *kind = fault_kinds; *kind && !fault; kind++)
            if (is_tried(search, *kind) && ((*kind)->comes_last && (*kind)->comes_last(search->wanted)) == last)
                fault = attach_by(*kind, search, reply, f);
    if (!fault && search->refusals > 1) {
        fail(f, search->code, 0, "no mechanism works: %s", search->refused);
        return NULL;
    }
    return fault;
}

static void take_apart(void *fault)
{
    detach_fault(fault);
}

/* Nothing acts before `on`, so the lease may come last. */
static struct fault *lease(struct fault *fault, struct failure *f)
{
    if (!fault || !lease_hold(fault->control, f))
        return fault;
    closing_begin("a refused fault", take_apart, fault);
    return NULL;
}

static void tell_mechanism(const struct fault *fault, const struct search *search, struct reply *reply)
{
    const struct hooked *hooked = fault->hooked;
    const char *refused = hooked ? hooked->refused : "", *both = *refused && *search->refused ? "; " : "";
    reply_word(reply, "mechanism", "%s%s%s", hooked ? hooked->hook->name : "", hooked ? ", " : "", fault->mechanism);
    if (*refused || *search->refused)
        reply_word(reply, "refused", "%s%s%s", search->refused, both, refused);
}

static struct fault *attach_kind(const struct fault_kind *kind, struct request *request, struct search *search,
                                 struct reply *reply, struct failure *f)
{
    struct fault *fault = NULL;
    search->wanted = kind->prepare(request, search->target, f);
    if (!search->wanted)
        return NULL;
    if (!request_refuse_unknown(request, f))
        fault = lease(attach_by_first(search, reply, f), f);
    if (fault)
        tell_mechanism(fault, search, reply);
    (kind->forget ? kind->forget : free)(search->wanted);
    return fault;
}

struct fault *attach_fault(struct request *request, struct reply *reply, struct failure *f)
{
    struct target target;
    const struct fault_kind *kind = require_kind(request, f);
    if (!kind || target_require(request, &target, f))
        return NULL;
    struct search search = {.name = kind->name, .target = &target};
    if (kind->mechanism)
        search.mechanism = request_get(request, "mechanism");
    return require_mechanism(&search, f) ? NULL : attach_kind(kind, request, &search, reply, f);
}

int attach_check(struct request *request, struct failure *f)
{
    const struct fault_kind *kind = require_kind(request, f);
    if (!kind)
        return -1;
    return kind->check ? kind->check(request, f) : 0;
}

void detach_fault(struct fault *fault)
{
    lease_release(fault->control);
    fault->kind->detach(fault);
}

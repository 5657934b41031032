// SPDX-License-Identifier: Apache-2.0
#include "hook.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clsact.h"
#include "tcx.h"

const struct hook *const hooks[] = {&tcx_hook, &clsact_hook, NULL};

const struct hook *hook_require(const char *name, struct failure *f)
{
    char known[64] = "";
    for (const struct hook *const *hook = hooks; *hook; hook++) {
        if (!strcmp((*hook)->name, name))
            return *hook;
        snprintf(known + strlen(known), sizeof known - strlen(known), " %s", (*hook)->name);
    }
    fail(f, BAD_REQUEST, 0, "hook=%.40s: expected one of%s", name, known);
    return NULL;
}

static void note_refusal(struct hooked *hooked, const struct failure *f)
{
    size_t length = strlen(hooked->refused);
    snprintf(hooked->refused + length, sizeof hooked->refused - length, "%s%s: %.180s", length ? "; " : "",
             hooked->hook->name, f->msg);
}

static int attach_by_first(const struct hook *only, struct hooked *hooked, int program, enum hook_place place,
                           struct failure *f)
{
    for (const struct hook *const *hook = only ? &only : hooks; *hook; hook++) {
        hooked->hook = *hook;
        if (!(*hook)->attach(hooked, program, place, f))
            return 0;
        if (only || strcmp(f->code, UNSUPPORTED))
            return -1;
        note_refusal(hooked, f);
    }
    return fail(f, UNSUPPORTED, f->err, "no program can go on a device here: %s", hooked->refused);
}

struct hooked *hook_attach(const struct hook *only, int program, int ifindex, enum hook_side side,
                           enum hook_place place, struct failure *f)
{
    struct hooked *hooked = calloc(1, sizeof *hooked);
    if (!hooked) {
        fail(f, FAILED, ENOMEM, "no memory for a program on a device");
        return NULL;
    }
    hooked->ifindex = ifindex;
    hooked->side = side;
    if (!attach_by_first(only, hooked, program, place, f))
        return hooked;
    free(hooked);
    return NULL;
}

void hook_close(struct hooked *hooked)
{
    if (!hooked)
        return;
    hooked->hook->close(hooked);
    free(hooked);
}

// SPDX-License-Identifier: Apache-2.0
#include "turns.h"

#include <stdio.h>

#include "quantile.h"

void turns_add(struct turns *turns, double ours, double theirs)
{
    if (turns->count == MAX_TURNS)
        return;
    turns->ours[turns->count] = ours;
    turns->theirs[turns->count++] = theirs;
}

void turns_print(const char *name, const struct turns *turns)
{
    static struct samples ours, theirs, ratios;
    ours.count = theirs.count = ratios.count = 0;
    for (int i = 0; i < turns->count; i++) {
        samples_add(&ours, turns->ours[i]);
        samples_add(&theirs, turns->theirs[i]);
        samples_add(&ratios, turns->theirs[i] / turns->ours[i]);
    }
    double least = samples_quantile(&ratios, 0), most = samples_quantile(&ratios, 1);
    printf("  %-44s %10.2f %10.2f %8.2f  (%.2f to %.2f)%s\n", name, samples_quantile(&ours, 0.5),
           samples_quantile(&theirs, 0.5), samples_quantile(&ratios, 0.5), least, most,
           least <= 1 && most >= 1 ? "  within noise" : "");
}

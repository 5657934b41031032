// SPDX-License-Identifier: Apache-2.0
/*
 * Two ways of one thing, measured in turns: the ratio of each turn, so that what disturbs both does not count. Printed
 * as rows of a Markdown table.
 */
#ifndef TURNS_H
#define TURNS_H

#include "quantile.h"

#define MAX_TURNS 32

struct turns {
    double first[MAX_TURNS], second[MAX_TURNS];
    int count;
};

void turns_add(struct turns *turns, double first, double second);

/* The head of a table: what is measured, both ways, and how they compare. */
void turns_head(const char *what, const char *first, const char *second, const char *compared);

/*
 * A row: both ways, then second / first or second - first, each the median with the least and the most; "within noise"
 * where these are on both sides of no difference.
 */
void turns_print_ratio(const char *name, const struct turns *turns);
void turns_print_difference(const char *name, const struct turns *turns);

/* Of what has no second way. */
void samples_head(const char *what);
void samples_print(const char *name, struct samples *samples);

#endif

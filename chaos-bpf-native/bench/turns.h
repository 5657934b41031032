// SPDX-License-Identifier: Apache-2.0
/* Two ways of one thing, measured in turns: the ratio of each turn, so that what disturbs both does not count. */
#ifndef TURNS_H
#define TURNS_H

#define MAX_TURNS 16

struct turns {
    double ours[MAX_TURNS], theirs[MAX_TURNS];
    int count;
};

void turns_add(struct turns *turns, double ours, double theirs);

/*
 * A row: the medians of both, and the median of theirs / ours with its smallest and largest; "within noise" where these
 * are on both sides of 1.
 */
void turns_print(const char *name, const struct turns *turns);

#endif

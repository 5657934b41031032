// SPDX-License-Identifier: Apache-2.0
/* Pooled samples and their order statistics. */
#ifndef QUANTILE_H
#define QUANTILE_H

#include <stddef.h>

#define MAX_SAMPLES 100000

struct samples {
    double value[MAX_SAMPLES];
    size_t count;
};

void samples_add(struct samples *s, double value);

/* Sorts; q in 0..1, 1 = the largest; NAN when there are none. */
double samples_quantile(struct samples *s, double q);

#endif

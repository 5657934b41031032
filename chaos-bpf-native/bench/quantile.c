// SPDX-License-Identifier: Apache-2.0
#include "quantile.h"

#include <math.h>
#include <stdlib.h>

void samples_add(struct samples *s, double value)
{
    if (s->count < MAX_SAMPLES)
        s->value[s->count++] = value;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double samples_quantile(struct samples *s, double q)
{
    if (!s->count)
        return NAN;
    qsort(s->value, s->count, sizeof *s->value, ascending);
    return s->value[(size_t)(q * (double)(s->count - 1))];
}

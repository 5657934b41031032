// SPDX-License-Identifier: Apache-2.0
#include "turns.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

void turns_add(struct turns *turns, double first, double second)
{
    if (turns->count == MAX_TURNS)
        return;
    turns->first[turns->count] = first;
    turns->second[turns->count++] = second;
}

static const char *text_of(double value)
{
    static char texts[4][32];
    static int turn;
    char *text = texts[turn++ % 4];
    double size = fabs(value);
    snprintf(text, sizeof texts[0], "%.*f", size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3, value);
    return text;
}

static void print_cell(struct samples *samples)
{
    printf(" %s (%s to %s) |", text_of(samples_quantile(samples, 0.5)), text_of(samples_quantile(samples, 0)),
           text_of(samples_quantile(samples, 1)));
}

void turns_head(const char *what, const char *first, const char *second, const char *compared)
{
    printf("\n| %s | %s | %s | %s | |\n|---|---|---|---|---|\n", what, first, second, compared);
}

static void print(const char *name, const struct turns *turns, bool ratio)
{
    static struct samples first, second, compared;
    first.count = second.count = compared.count = 0;
    for (int i = 0; i < turns->count; i++) {
        double a = turns->first[i], b = turns->second[i];
        samples_add(&first, a);
        samples_add(&second, b);
        samples_add(&compared, ratio ? b / a : b - a);
    }
    double none = ratio ? 1 : 0, least = samples_quantile(&compared, 0), most = samples_quantile(&compared, 1);
    printf("| %s |", name);
    print_cell(&first);
    print_cell(&second);
    print_cell(&compared);
    printf(" %s |\n", least <= none && most >= none ? "within noise" : "");
}

void turns_print_ratio(const char *name, const struct turns *turns)
{
    print(name, turns, true);
}

void turns_print_difference(const char *name, const struct turns *turns)
{
    print(name, turns, false);
}

void samples_head(const char *what)
{
    printf("\n| %s | median (least to most) |\n|---|---|\n", what);
}

void samples_print(const char *name, struct samples *samples)
{
    printf("| %s |", name);
    print_cell(samples);
    putchar('\n');
}

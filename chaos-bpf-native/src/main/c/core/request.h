// SPDX-License-Identifier: Apache-2.0
/* A request line, `verb key=value key=value…`, taken apart. %XX in a value stands for that byte. */
#ifndef REQUEST_H
#define REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "failure.h"

#define REQUEST_SIZE 32768
#define REQUEST_WORDS 32

struct request {
    char text[REQUEST_SIZE]; /* a copy of the line, cut into strings */
    const char *verb;
    int count;
    struct request_word {
        const char *key;
        const char *value;
        bool used;
    } word[REQUEST_WORDS];
};

/* Refuses a line that is too long, a word without '=', a repeated key, a bad escape. */
int request_parse(struct request *r, const char *line, struct failure *f);

/* The value of a key, or NULL. Marks the key as known. */
const char *request_get(struct request *r, const char *key);

/* As request_get(), but an absent or empty value is a failure. */
const char *request_require(struct request *r, const char *key, struct failure *f);

/* A decimal number within lo..hi. An absent key leaves *out as it is. */
int request_number(struct request *r, const char *key, uint64_t lo, uint64_t hi, uint64_t *out, struct failure *f);

/* Call after all known keys were asked for: refuses the first key that nobody asked for. */
int request_refuse_unknown(const struct request *r, struct failure *f);

/* A whole string as a decimal number within lo..hi; false when it is not one. */
bool parse_number(const char *text, uint64_t lo, uint64_t hi, uint64_t *out);

/*
 * The next item of a comma separated list, copied to item; *rest moves on and is NULL after the last. Returns 1, 0 at
 * the end, -1 when an item is empty or does not fit.
 */
int next_item(const char **rest, char *item, int size);

#endif

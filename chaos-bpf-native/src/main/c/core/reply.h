// SPDX-License-Identifier: Apache-2.0
/* A reply line under construction: `ok key=value …` or `error code=… errno=… msg=…`, values escaped. */
#ifndef REPLY_H
#define REPLY_H

#include <stddef.h>
#include <stdint.h>

#include "failure.h"

struct reply {
    char *text;
    size_t size;
    size_t length; /* what the whole reply needs; more than fits means that it was cut */
};

void reply_ok(struct reply *r, char *text, size_t size);
void reply_error(struct reply *r, const struct failure *f);

/* Add ` key=value`. */
__attribute__((format(printf, 3, 4))) void reply_word(struct reply *r, const char *key, const char *format, ...);
void reply_number(struct reply *r, const char *key, uint64_t value);

/* Add ` key=yes` when rc is 0, otherwise ` key=no:ERRNO:MESSAGE`. */
void reply_outcome(struct reply *r, const char *key, int rc, const struct failure *f);

/* Add to the value of the latest word. */
__attribute__((format(printf, 2, 3))) void reply_more(struct reply *r, const char *format, ...);

#endif

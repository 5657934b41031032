// SPDX-License-Identifier: Apache-2.0
/*
 * Just enough of JSON to find a value in a text and to copy the rest as it is. Every function takes and returns places
 * in one text that ends with 0; NULL in, or anything that is no JSON, gives NULL.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>

/* Past white space. */
const char *json_skip_space(const char *at);

/* Past the value that begins here. */
const char *json_skip_value(const char *at);

/* The value of a key of the object that begins here. */
const char *json_member(const char *object, const char *key);

/* The text of a string here, cut to what fits; empty for anything else, and for a string with escapes. */
void json_text(const char *at, char *text, size_t size);

/* The whole number here, from 0; -1 for anything else. */
long json_number(const char *at);

/* Whether the value here is this string; strings with escapes never are. */
bool json_is(const char *at, const char *string);

/*
 * The items of an array, one after the other: the first, then the one after an item; NULL after the last.
 */
const char *json_first(const char *array);
const char *json_next(const char *item);

#endif

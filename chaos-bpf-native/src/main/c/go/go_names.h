// SPDX-License-Identifier: Apache-2.0
/* Names of Go functions, `example.org/shop/internal/users.(*handler).get`. */
#ifndef GO_NAMES_H
#define GO_NAMES_H

#include <stdbool.h>

/*
 * Whether a name is the full one, or its end from a '/' or '.' on. [...], as in stack traces, stands for any type
 * arguments: `main.first[...]` for `main.first[go.shape.string]`.
 */
bool go_name_ends_with(const char *full, const char *name);

/* Why no fault may be put on a function of this name, or NULL. */
const char *go_name_forbidden(const char *full);

/* How unlike two names are: edits of what follows the path, without type arguments; at most GO_NAME_UNLIKE. */
#define GO_NAME_UNLIKE 1000
int go_name_distance(const char *one, const char *other);

#endif

// SPDX-License-Identifier: Apache-2.0
/* What `attach kind=networkreorder` asks for. */
#ifndef REORDER_OPTIONS_H
#define REORDER_OPTIONS_H

#include "delay_options.h"

/* Reads all keys of the kind, refuses unknown ones. Without seed= one is drawn. */
int reorder_options_parse(struct request *request, const struct target *target, struct delay_options *options,
                          struct failure *f);

#endif

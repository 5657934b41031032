// SPDX-License-Identifier: Apache-2.0
/* What `attach kind=networkbandwidth` asks for. */
#ifndef BANDWIDTH_OPTIONS_H
#define BANDWIDTH_OPTIONS_H

#include "delay_options.h"

/* Reads all keys of the kind, refuses unknown ones. */
int bandwidth_options_parse(struct request *request, const struct target *target, struct delay_options *options,
                            struct failure *f);

#endif

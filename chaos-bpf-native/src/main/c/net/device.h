// SPDX-License-Identifier: Apache-2.0
/* The device of a target, looked up in the calling thread's network namespace. */
#ifndef DEVICE_H
#define DEVICE_H

#include "hook.h"
#include "request.h"

/* dev=, and hook=, the only hook by which programs go on it (NULL: the first that the kernel has); NULL: refused. */
const char *device_require(struct request *request, const struct hook **hook, struct failure *f);

/* Returns the interface index of an Ethernet device; loopback and layer-3 devices are refused as unsupported. */
int device_find(const char *name, struct failure *f);

#endif

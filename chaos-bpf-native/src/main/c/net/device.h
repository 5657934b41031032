// SPDX-License-Identifier: Apache-2.0
/* The device of a target, looked up in the calling thread's network namespace. */
#ifndef DEVICE_H
#define DEVICE_H

#include "failure.h"

/* Returns the interface index of an Ethernet device; loopback and layer-3 devices are refused as unsupported. */
int device_find(const char *name, struct failure *f);

#endif

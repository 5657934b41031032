// SPDX-License-Identifier: Apache-2.0
/* A tcx link (Linux 6.6 or later): closing its descriptor detaches, so nothing outlives the process. */
#ifndef TCX_H
#define TCX_H

#include "hook.h"

extern const struct hook tcx_hook;

#endif

// SPDX-License-Identifier: Apache-2.0
/*
 * A direct-action filter on the qdisc clsact, which is added where it is missing. A filter outlives its process, so:
 *
 * Ours have a name, and others' are never touched. The handle of each is the address of a netlink socket that its owner
 * holds in the namespace: where that address is free the owner is gone, and whoever attaches next on the device removes
 * its filter. A qdisc that we added goes with the last filter on it, whosever that is; the names tell that it is ours.
 *
 * First is priority 1, where the newest filter of one priority comes first; last is the highest priority there is.
 */
#ifndef CLSACT_H
#define CLSACT_H

#include "hook.h"

extern const struct hook clsact_hook;

#define CLSACT_NAME "chaos-junit"
#define CLSACT_NAME_OWN_QDISC CLSACT_NAME ", and its qdisc"

#endif

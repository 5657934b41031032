// SPDX-License-Identifier: Apache-2.0
#ifndef REFUSED_CALLS_H
#define REFUSED_CALLS_H

/* From now on, calls that no service makes fail with EPERM. Needs no_new_privs. */
int refuse_calls(void);

#endif

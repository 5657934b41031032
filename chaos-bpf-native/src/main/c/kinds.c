// SPDX-License-Identifier: Apache-2.0
/* The kinds of faults. Where one has several mechanisms, they are tried in this order. */
#include "fault.h"

extern const struct fault_kind delay_kind, dns_kind, gopanic_kind;
extern const struct fault_kind godelay_registers, godelay_sleep, godelay_yield, godelay_spinning;
extern const struct fault_kind iouring_trampolines, iouring_seccomp;

const struct fault_kind *const fault_kinds[] = {
    &delay_kind,    &dns_kind,         &gopanic_kind,        &godelay_registers, &godelay_sleep,
    &godelay_yield, &godelay_spinning, &iouring_trampolines, &iouring_seccomp,   NULL,
};

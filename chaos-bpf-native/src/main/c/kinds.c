// SPDX-License-Identifier: Apache-2.0
/* The kinds of faults. Where one has several mechanisms, they are tried in this order. */
#include "fault.h"

extern const struct fault_kind networkdelay_kind, networkbandwidth_kind, networkreorder_kind, networkloss_kind;
extern const struct fault_kind networkduplicate_kind, networkcorrupt_kind, networkpartition_kind;
extern const struct fault_kind connectionreset_packet, connectionreset_socket;
extern const struct fault_kind dnschaos_kind, gopanic_kind;
extern const struct fault_kind godelay_registers, godelay_sleep, godelay_yield, godelay_spinning;
extern const struct fault_kind iouringfault_trampolines, iouringfault_seccomp;
extern const struct fault_kind podkill_kind, cpustress_kind, memorystress_kind;
extern const struct fault_kind podpause_v2, podpause_v1;

const struct fault_kind *const fault_kinds[] = {
    // clang-format off
    &networkdelay_kind,
    &networkbandwidth_kind,
    &networkreorder_kind,
    &networkloss_kind,
    &networkduplicate_kind,
    &networkcorrupt_kind,
    &networkpartition_kind,
    &connectionreset_packet,
    &connectionreset_socket,
    &dnschaos_kind,
    &gopanic_kind,
    &godelay_registers,
    &godelay_sleep,
    &godelay_yield,
    &godelay_spinning,
    &iouringfault_trampolines,
    &iouringfault_seccomp,
    &podkill_kind,
    &podpause_v2,
    &podpause_v1,
    &cpustress_kind,
    &memorystress_kind,
    // clang-format on
    NULL,
};

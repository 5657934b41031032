// SPDX-License-Identifier: Apache-2.0
/* The face for JNA: when the process ends by exit() or the library is unloaded, nothing that is held gets lost. */
#include "chaosbpf.h"

__attribute__((destructor)) static void drain_at_exit(void)
{
    chaosbpf_drain(-1);
}

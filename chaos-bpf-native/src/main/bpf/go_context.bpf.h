// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* The registers at a probe in Go code, as its internal calling convention uses them. */
#ifndef GO_CONTEXT_BPF_H
#define GO_CONTEXT_BPF_H

#include <linux/ptrace.h>

#include "chaos.bpf.h"

#if defined(__TARGET_ARCH_x86)
#define GO_CONTEXT struct pt_regs
#define GO_G(ctx) ((ctx)->r14)
#define GO_ARG1(ctx) ((ctx)->rax)
#define GO_SP(ctx) ((ctx)->rsp)
#define GO_IP(ctx) ((ctx)->rip)
#elif defined(__TARGET_ARCH_arm64)
#define GO_CONTEXT struct user_pt_regs
#define GO_G(ctx) ((ctx)->regs[28])
#define GO_ARG1(ctx) ((ctx)->regs[0])
#define GO_SP(ctx) ((ctx)->sp)
#define GO_IP(ctx) ((ctx)->pc)
#endif

#endif

// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The registers at a probe in Go code, as its internal calling convention uses them. In the kernel's order, of the
 * architecture that is built for: its own header is that of the machine that builds.
 */
#ifndef GO_CONTEXT_BPF_H
#define GO_CONTEXT_BPF_H

#include "chaos.bpf.h"

#if defined(__TARGET_ARCH_x86)
struct go_context {
    __u64 r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi, orig_rax, rip, cs, eflags, rsp, ss;
};
_Static_assert(sizeof(struct go_context) == 168, "as struct pt_regs");
#define GO_G(ctx) ((ctx)->r14)
#define GO_ARG1(ctx) ((ctx)->rax)
#define GO_SP(ctx) ((ctx)->rsp)
#define GO_IP(ctx) ((ctx)->rip)
#elif defined(__TARGET_ARCH_arm64)
struct go_context {
    __u64 regs[31], sp, pc, pstate;
};
_Static_assert(sizeof(struct go_context) == 272, "as struct user_pt_regs");
#define GO_G(ctx) ((ctx)->regs[28])
#define GO_ARG1(ctx) ((ctx)->regs[0])
#define GO_SP(ctx) ((ctx)->sp)
#define GO_IP(ctx) ((ctx)->pc)
#endif

#endif

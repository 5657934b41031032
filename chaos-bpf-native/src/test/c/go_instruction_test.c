// SPDX-License-Identifier: Apache-2.0
/* What instructions at the beginning of Go functions do to the frame, as the Go compiler makes them. */
#include "go_instruction.h"

#include <stdlib.h>

#include "check.h"

static struct go_instruction instruction;
static struct go_pointer pointer;

/* On the heap, where the sanitizers see whoever reads past the end. */
static bool reads(go_instruction_read *read, const uint8_t *code, size_t size)
{
    uint8_t *copy = malloc(size);
    memcpy(copy, code, size);
    bool known = read(copy, size, &pointer, &instruction);
    free(copy);
    return known;
}

#define X86(...) reads(go_instruction_x86, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))
#define LENGTH(...) (X86(__VA_ARGS__) ? instruction.length : -1)
#define WHOLE(...) CHECK_EQUAL(LENGTH(__VA_ARGS__), sizeof((const uint8_t[]){__VA_ARGS__}))

static bool arm64(uint32_t word)
{
    return reads(go_instruction_arm64, (const uint8_t *)&word, sizeof word);
}

static void check_store(int stored, int64_t at, bool zero)
{
    CHECK_EQUAL(instruction.stored, stored);
    CHECK_EQUAL(instruction.at, at);
    CHECK_EQUAL(instruction.zero, zero);
}

static void sees_what_is_stored_in_the_frame(void)
{
    WHOLE(0xc6, 0x44, 0x24, 0x17, 0x00); /* movb $0,0x17(%rsp) */
    check_store(1, 0x17, true);
    WHOLE(0xc6, 0x84, 0x24, 0x80, 0x01, 0, 0, 0x00); /* movb $0,0x180(%rsp) */
    check_store(1, 0x180, true);
    WHOLE(0xc6, 0x44, 0x24, 0x17, 0x01);
    check_store(1, 0x17, false);
    WHOLE(0x48, 0xc7, 0x44, 0x24, 0x28, 0, 0, 0, 0); /* movq $0,0x28(%rsp) */
    check_store(8, 0x28, true);
    WHOLE(0xc7, 0x44, 0x24, 0x28, 0, 0, 0, 0);
    check_store(4, 0x28, true);
    WHOLE(0x66, 0xc7, 0x44, 0x24, 0x28, 0, 0);
    check_store(2, 0x28, true);
    WHOLE(0x44, 0x0f, 0x11, 0x7c, 0x24, 0x18); /* movups %xmm15,0x18(%rsp) */
    check_store(16, 0x18, true);
    WHOLE(0x66, 0x44, 0x0f, 0xd6, 0x7c, 0x24, 0x20); /* movq %xmm15,0x20(%rsp) */
    check_store(8, 0x20, true);
    WHOLE(0x0f, 0x11, 0x44, 0x24, 0x18); /* movups %xmm0,0x18(%rsp) */
    check_store(16, 0x18, false);
    WHOLE(0xf2, 0x0f, 0x11, 0x44, 0x24, 0x18); /* movsd %xmm0,0x18(%rsp) */
    check_store(8, 0x18, false);
    WHOLE(0x66, 0x48, 0x0f, 0x7e, 0x44, 0x24, 0x08); /* movq %xmm0,8(%rsp) */
    check_store(8, 8, false);
    WHOLE(0x48, 0x89, 0x84, 0x24, 0x90, 0, 0, 0); /* mov %rax,0x90(%rsp) */
    check_store(8, 0x90, false);
    WHOLE(0x88, 0x44, 0x24, 0xf8); /* mov %al,-8(%rsp) */
    check_store(1, -8, false);
}

static void follows_a_register_that_points_into_the_frame(void)
{
    WHOLE(0x48, 0x8d, 0x4c, 0x24, 0x48); /* lea 0x48(%rsp),%rcx */
    CHECK_EQUAL(instruction.stored, 0);
    WHOLE(0x44, 0x0f, 0x11, 0x39); /* movups %xmm15,(%rcx) */
    check_store(16, 0x48, true);
    WHOLE(0x44, 0x0f, 0x11, 0x79, 0x10); /* movups %xmm15,0x10(%rcx) */
    check_store(16, 0x58, true);
    WHOLE(0x48, 0x83, 0xc1, 0x40); /* add $0x40,%rcx */
    CHECK_EQUAL(LENGTH(0x44, 0x0f, 0x11, 0x39), -1);
}

static void passes_over_what_leaves_memory_alone(void)
{
    WHOLE(0x48, 0x89, 0xe5);                         /* mov %rsp,%rbp */
    WHOLE(0x48, 0x83, 0xec, 0x28);                   /* sub $0x28,%rsp */
    WHOLE(0x48, 0x81, 0xec, 0x90, 0, 0, 0);          /* sub $0x90,%rsp */
    WHOLE(0x48, 0x83, 0xc4, 0x80);                   /* add $-0x80,%rsp */
    WHOLE(0x48, 0x8b, 0x4a, 0x08);                   /* mov 8(%rdx),%rcx */
    WHOLE(0x48, 0x8d, 0x0d, 0x2e, 0x33, 0x03, 0x00); /* lea 0x3332e(%rip),%rcx */
    WHOLE(0x84, 0x00);                               /* test %al,(%rax) */
    WHOLE(0x83, 0x3d, 0x01, 0, 0, 0, 0x00);          /* cmpl $0,1(%rip) */
    WHOLE(0x4d, 0x8d, 0x64, 0xcc, 0x08);             /* lea 8(%r12,%rcx,8),%r12 */
    WHOLE(0x49, 0x8b, 0x44, 0x24, 0x08);             /* mov 8(%r12),%rax */
    WHOLE(0x48, 0xb8, 1, 2, 3, 4, 5, 6, 7, 8);       /* movabs */
    WHOLE(0xb9, 1, 2, 3, 4);                         /* mov $…,%ecx */
    WHOLE(0x31, 0xc0);                               /* xor %eax,%eax */
    WHOLE(0x0f, 0xb6, 0x44, 0x24, 0x08);             /* movzbl 8(%rsp),%eax */
    WHOLE(0xf6, 0xc3, 0x01);                         /* test $1,%bl */
    WHOLE(0x48, 0xf7, 0xd8);                         /* neg %rax */
    WHOLE(0x48, 0x69, 0xc0, 0x10, 0x27, 0, 0);       /* imul $10000,%rax,%rax */
    WHOLE(0xf3, 0x0f, 0x7e, 0x44, 0x24, 0x08);       /* movq 8(%rsp),%xmm0 */
    WHOLE(0xf2, 0x48, 0x0f, 0x2a, 0xc0);             /* cvtsi2sd %rax,%xmm0 */
    WHOLE(0x66, 0x90);                               /* nop */
    WHOLE(0x0f, 0x1f, 0x80, 0, 0, 0, 0);             /* nopl 0(%rax) */
    WHOLE(0x66, 0x0f, 0x1f, 0x84, 0x00, 0, 0, 0, 0); /* nopw 0(%rax,%rax,1) */
    CHECK_EQUAL(instruction.stored, 0);
}

static void stops_where_the_straight_line_ends_or_other_memory_is_written(void)
{
    CHECK(!X86(0xe8, 0, 0, 0, 0) && !X86(0xe9, 0, 0, 0, 0) && !X86(0xeb, 0x10) && !X86(0x75, 0xee));
    CHECK(!X86(0x0f, 0x85, 0, 0, 0, 0) && !X86(0xc3) && !X86(0xff, 0xd1) && !X86(0xcc) && !X86(0x0f, 0x0b));
    CHECK(!X86(0x48, 0xc7, 0x00, 0, 0, 0, 0));       /* movq $0,(%rax) */
    CHECK(!X86(0x48, 0x89, 0x05, 0, 0, 0, 0));       /* mov %rax,0(%rip) */
    CHECK(!X86(0x48, 0x89, 0x04, 0xcc));             /* mov %rax,(%rsp,%rcx,8) */
    CHECK(!X86(0x48, 0xff, 0x44, 0x24, 0x08));       /* incq 8(%rsp) */
    CHECK(!X86(0x48, 0x01, 0x44, 0x24, 0x08));       /* add %rax,8(%rsp) */
    CHECK(!X86(0xf3, 0x48, 0xab));                   /* rep stos */
    CHECK(!X86(0xf0, 0x48, 0x0f, 0xb1, 0x08));       /* lock cmpxchg */
    CHECK(!X86(0xc5, 0xf8, 0x11, 0x44, 0x24, 0x08)); /* vmovups: not known */
    CHECK(!X86(0x55) && !X86(0x64, 0x48, 0x8b, 0x04, 0x25, 0, 0, 0, 0));
}

static void stops_at_the_end_of_the_code(void)
{
    const uint8_t store[] = {0x66, 0x48, 0xc7, 0x84, 0x24, 0x80, 0x01, 0, 0, 0, 0};
    for (size_t size = 0; size < sizeof store; size++)
        CHECK(!reads(go_instruction_x86, store, size));
    const uint8_t wide[] = {0x48, 0xb8, 1, 2, 3, 4, 5, 6, 7, 8};
    for (size_t size = 0; size < sizeof wide; size++)
        CHECK(!reads(go_instruction_x86, wide, size));
    CHECK(!reads(go_instruction_arm64, store, 3));
}

static void sees_what_arm64_stores_in_the_frame(void)
{
    CHECK(arm64(0x39005fff)); /* strb wzr,[sp,#23] */
    check_store(1, 23, true);
    CHECK(arm64(0x39005fe1)); /* strb w1,[sp,#23] */
    check_store(1, 23, false);
    CHECK(arm64(0xf9004bff)); /* str xzr,[sp,#144] */
    check_store(8, 144, true);
    CHECK(arm64(0xa9037fff)); /* stp xzr,xzr,[sp,#48] */
    check_store(16, 48, true);
    CHECK(arm64(0xa9078be1)); /* stp x1,x2,[sp,#120] */
    check_store(16, 120, false);
    CHECK(arm64(0xf81f83fd)); /* stur x29,[sp,#-8] */
    check_store(8, -8, false);
    CHECK(arm64(0x910163e1)); /* add x1,sp,#88 */
    CHECK(arm64(0xa9017c3f)); /* stp xzr,xzr,[x1,#16] */
    check_store(16, 88 + 16, true);
    CHECK(arm64(0xd10d43f4)); /* sub x20,sp,#848 */
    CHECK(arm64(0xa93ffa9d)); /* stp x29,x30,[x20,#-8] */
    check_store(16, -848 - 8, false);
    CHECK(arm64(0x3c9f83e0)); /* stur q0,[sp,#-8] */
    check_store(16, -8, false);
}

static void stops_where_arm64_leaves_or_writes_elsewhere(void)
{
    CHECK(arm64(0xd10023fd) && arm64(0xb24003e1) && arm64(0x90000001) && arm64(0xd503201f) && arm64(0xf9400fe0));
    CHECK(!arm64(0x97ffffde)); /* bl */
    CHECK(!arm64(0xb5ffff62)); /* cbnz */
    CHECK(!arm64(0x54000349)); /* b.ls */
    CHECK(!arm64(0xf900003f)); /* str xzr,[x1] */
    CHECK(!arm64(0xa8817c3f)); /* stp xzr,xzr,[x1],#16 */
    CHECK(!arm64(0xf8226820)); /* str x0,[x1,x2] */
    CHECK(!arm64(0xf8e00021)); /* ldaddal */
    CHECK(!arm64(0xf81d0ffe)); /* str x30,[sp,#-48]! */
    CHECK(!arm64(0x39010100) && !arm64(0x00000000));
}

int main(void)
{
    RUN(sees_what_is_stored_in_the_frame);
    RUN(follows_a_register_that_points_into_the_frame);
    RUN(passes_over_what_leaves_memory_alone);
    RUN(stops_where_the_straight_line_ends_or_other_memory_is_written);
    RUN(stops_at_the_end_of_the_code);
    RUN(sees_what_arm64_stores_in_the_frame);
    RUN(stops_where_arm64_leaves_or_writes_elsewhere);
    return check_summary();
}

// SPDX-License-Identifier: Apache-2.0
/* Where the stack check of a Go function leads: code as the Go compiler makes it, and damaged forms of it. */
#include "check.h"
#include "go_prologue.h"

static uint8_t code[600];

/* A function of 600 bytes that begins like this. */
#define GROWTH(...)                                                                                                    \
    (memset(code, 0x90, sizeof code), memcpy(code, (const uint8_t[]){__VA_ARGS__}, sizeof((uint8_t[]){__VA_ARGS__})),  \
     go_prologue_growth(code, sizeof code))

static void follows_a_short_jump(void)
{
    /* cmp 0x10(%r14),%rsp; jbe +0x20; push %rbp */
    CHECK_EQUAL(GROWTH(0x49, 0x3b, 0x66, 0x10, 0x76, 0x20, 0x55), 6 + 0x20);
}

static void follows_a_long_jump(void)
{
    /* cmp 0x10(%r14),%rsp; jbe +0x176, whose last bytes are no jump of their own; push %rbp */
    CHECK_EQUAL(GROWTH(0x49, 0x3b, 0x66, 0x10, 0x0f, 0x86, 0x76, 0x01, 0, 0, 0x55), 10 + 0x176);
}

static void follows_the_check_of_a_large_frame(void)
{
    /* lea -0x200(%rsp),%r12; cmp 0x10(%r14),%r12; jbe +0x10; push %rbp */
    CHECK_EQUAL(GROWTH(0x4c, 0x8d, 0xa4, 0x24, 0, 0xfe, 0xff, 0xff, 0x4d, 0x3b, 0x66, 0x10, 0x76, 0x10, 0x55),
                14 + 0x10);
}

static void finds_none_where_there_is_no_check(void)
{
    CHECK_EQUAL(GROWTH(0x55), 0);
    CHECK_EQUAL(GROWTH(0x48, 0xff, 0xc0, 0xc3), 0);
    CHECK_EQUAL(GROWTH(0x49, 0x3b, 0x66, 0x10, 0x76, 0x20, 0x90), 0); /* not followed by push %rbp */
}

static void finds_none_outside_of_the_function(void)
{
    CHECK_EQUAL(GROWTH(0x49, 0x3b, 0x66, 0x10, 0x76, 0xf0, 0x55), 0); /* backwards */
    CHECK_EQUAL(GROWTH(0x49, 0x3b, 0x66, 0x10, 0x0f, 0x86, 0, 0x10, 0, 0, 0x55), 0);
    for (uint64_t size = 0; size < 7; size++)
        CHECK_EQUAL(go_prologue_growth((const uint8_t[]){0x49, 0x3b, 0x66, 0x10, 0x76, 0x20, 0x55}, size), 0);
}

int main(void)
{
    RUN(follows_a_short_jump);
    RUN(follows_a_long_jump);
    RUN(follows_the_check_of_a_large_frame);
    RUN(finds_none_where_there_is_no_check);
    RUN(finds_none_outside_of_the_function);
    return check_summary();
}

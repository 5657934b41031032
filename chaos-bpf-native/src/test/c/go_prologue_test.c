// SPDX-License-Identifier: Apache-2.0
#include "go_prologue.h"

#include <stdlib.h>

#include "check.h"

#define PUSH_OF(...) go_prologue_push((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

#define CMP_RSP 0x49, 0x3b, 0x66, 0x10
#define CMP_R12 0x4d, 0x3b, 0x66, 0x10
#define PUSH_RBP 0x55

static void finds_the_push_after_a_small_frames_check(void)
{
    CHECK_EQUAL(PUSH_OF(CMP_RSP, 0x76, 0x20, PUSH_RBP, 0x48), 6);
    CHECK_EQUAL(PUSH_OF(CMP_RSP, 0x0f, 0x86, 1, 2, 0, 0, PUSH_RBP), 10);
}

static void finds_it_after_a_large_frames_check(void)
{
    CHECK_EQUAL(PUSH_OF(0x4c, 0x8d, 0x64, 0x24, 0xe8, CMP_R12, 0x76, 0x20, PUSH_RBP), 11);
    CHECK_EQUAL(PUSH_OF(0x4c, 0x8d, 0xa4, 0x24, 0, 0xf0, 0xff, 0xff, CMP_R12, 0x0f, 0x86, 0, 1, 0, 0, PUSH_RBP), 18);
}

static void finds_it_after_a_huge_frames_check(void)
{
    CHECK_EQUAL(PUSH_OF(0x49, 0x89, 0xe4, 0x49, 0x81, 0xec, 0, 0, 1, 0, 0x72, 0x10, CMP_R12, 0x76, 0x10, PUSH_RBP), 18);
    CHECK_EQUAL(
        PUSH_OF(0x49, 0x89, 0xe4, 0x49, 0x81, 0xec, 0, 0, 1, 0, 0x0f, 0x82, 0, 1, 0, 0, CMP_R12, 0x76, 0x10, PUSH_RBP),
        22);
}

static void finds_it_at_once_where_nothing_is_checked(void)
{
    CHECK_EQUAL(PUSH_OF(PUSH_RBP, 0x48, 0x89, 0xe5), 0);
}

static void finds_none_in_a_leaf(void)
{
    CHECK_EQUAL(PUSH_OF(0x48, 0xff, 0xc0, 0xc3), -1);                /* inc %rax; ret */
    CHECK_EQUAL(PUSH_OF(CMP_RSP, 0x76, 0x20, 0x48, 0xff, 0xc0), -1); /* a check, but no frame pointer */
}

/* On the heap, where the sanitizers see whoever reads past the end. */
static void check_cuts(const uint8_t *code, uint64_t length)
{
    for (uint64_t size = 0; size <= length; size++) {
        uint8_t *cut = malloc(size);
        memcpy(cut, code, size);
        CHECK_EQUAL(go_prologue_push(cut, size), size < length ? -1 : (int)length - 1);
        CHECK_EQUAL(go_prologue_growth(cut, size), 0); /* which is further on */
        CHECK_EQUAL(go_call_x86(cut, size, 0x1000), 0);
        CHECK(size >= 4 || go_call_arm64(cut, size, 0x1000) == 0);
        free(cut);
    }
}
#define CHECK_CUTS(...) check_cuts((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static void stops_at_the_end_of_the_code(void)
{
    CHECK_CUTS(PUSH_RBP);
    CHECK_CUTS(CMP_RSP, 0x76, 0x20, PUSH_RBP);
    CHECK_CUTS(CMP_RSP, 0x0f, 0x86, 0, 1, 0, 0, PUSH_RBP);
    CHECK_CUTS(0x4c, 0x8d, 0x64, 0x24, 0xe8, CMP_R12, 0x76, 0x20, PUSH_RBP);
    CHECK_CUTS(0x4c, 0x8d, 0xa4, 0x24, 0, 0xf0, 0xff, 0xff, CMP_R12, 0x0f, 0x86, 0, 1, 0, 0, PUSH_RBP);
    CHECK_CUTS(0x49, 0x89, 0xe4, 0x49, 0x81, 0xec, 0, 0, 1, 0, 0x72, 0x40, CMP_R12, 0x76, 0x40, PUSH_RBP);
    CHECK_CUTS(0x49, 0x89, 0xe4, 0x49, 0x81, 0xec, 0, 0, 1, 0, 0x0f, 0x82, 0, 1, 0, 0, CMP_R12, 0x0f, 0x86, 0, 1, 0, 0,
               PUSH_RBP);
}

static void follows_calls(void)
{
    const uint8_t forth[] = {0xe8, 0x10, 0, 0, 0}, back[] = {0xe8, 0xfb, 0xff, 0xff, 0xff};
    CHECK_EQUAL(go_call_x86(forth, 5, 0x1000), 0x1015);
    CHECK_EQUAL(go_call_x86(back, 5, 0x1000), 0x1000);
    CHECK_EQUAL(go_call_x86(forth, 4, 0x1000), 0);
    CHECK_EQUAL(go_call_x86((const uint8_t[]){0xe9, 0x10, 0, 0, 0}, 5, 0x1000), 0); /* jmp */
    const uint8_t bl_forth[] = {4, 0, 0, 0x94}, bl_back[] = {0xff, 0xff, 0xff, 0x97};
    CHECK_EQUAL(go_call_arm64(bl_forth, 4, 0x1000), 0x1010);
    CHECK_EQUAL(go_call_arm64(bl_back, 4, 0x1000), 0xffc);
    CHECK_EQUAL(go_call_arm64(bl_forth, 3, 0x1000), 0);
    CHECK_EQUAL(go_call_arm64((const uint8_t[]){4, 0, 0, 0x14}, 4, 0x1000), 0); /* b */
}

int main(void)
{
    RUN(finds_the_push_after_a_small_frames_check);
    RUN(finds_it_after_a_large_frames_check);
    RUN(finds_it_after_a_huge_frames_check);
    RUN(finds_it_at_once_where_nothing_is_checked);
    RUN(finds_none_in_a_leaf);
    RUN(stops_at_the_end_of_the_code);
    RUN(follows_calls);
    return check_summary();
}

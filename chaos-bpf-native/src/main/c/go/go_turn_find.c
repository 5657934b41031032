// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "go_prologue.h"
#include "go_turn.h"

/* push %rbp; mov %rsp,%rbp; sub $N,%rsp; lea runtime.gosched_m(%rip),%rax; call runtime.mcall; add $N,%rsp; … */
static const uint8_t gosched_begins[] = {0x55, 0x48, 0x89, 0xe5, 0x48, 0x83, 0xec};
#define FRAME_AT 7
#define CALL_AT 15
#define AFTER_AT 20
static const uint8_t gosched_ends[] = {0x5d, 0xc3}; /* pop %rbp; ret */

/* runtime.Gosched is this, so that after its call nothing is left to do but to return. */
static bool is_plain(const uint8_t *code, const struct go_function *gosched, uint64_t mcall)
{
    const uint8_t leave[] = {0x48, 0x83, 0xc4, code[FRAME_AT]};
    return !memcmp(code, gosched_begins, sizeof gosched_begins) && code[FRAME_AT] >= sizeof(uint64_t) &&
           go_call_x86(code + CALL_AT, 5, gosched->entry + CALL_AT) == mcall &&
           !memcmp(code + AFTER_AT, leave, sizeof leave) &&
           !memcmp(code + AFTER_AT + sizeof leave, gosched_ends, sizeof gosched_ends);
}

/* The frame has room for the argument of runtime.mcall, and so for that of time.Sleep. */
static bool find_gosched(const struct go_binary *binary, uint64_t bias, struct go_turn_site *site)
{
    struct go_function gosched, mcall;
    struct failure unknown;
    if (go_binary_find_any(binary, "runtime.Gosched", &gosched, &unknown) ||
        go_binary_find_any(binary, "runtime.mcall", &mcall, &unknown))
        return false;
    const uint8_t *code = go_binary_code(binary, &gosched);
    const uint64_t size = AFTER_AT + 4 + sizeof gosched_ends;
    if (!code || gosched.end - gosched.entry < size || !is_plain(code, &gosched, mcall.entry))
        return false;
    site->gosched = gosched.entry + AFTER_AT + bias;
    site->gosched_frame = code[FRAME_AT];
    return true;
}

int go_turn_find(const struct go_binary *binary, const struct go_function *function, uint64_t bias,
                 struct go_turn_site *site, struct failure *f)
{
    struct go_function preempt;
    if (!go_binary_code(binary, function))
        return fail(f, UNSUPPORTED, 0, "so far this is built for x86-64 only");
    if (!function->after_stack_check)
        return fail(f, UNSUPPORTED, 0, "%s has no frame, so that there is no instruction which could be begun again",
                    function->name);
    if (go_binary_find_any(binary, "runtime.asyncPreempt", &preempt, f))
        return -1;
    *site = (struct go_turn_site){
        .probe = function->probe + bias, .pushed = function->probe + 1 + bias, .preempt = preempt.entry + bias};
    return 0;
}

int go_turn_find_sleep(const struct go_binary *binary, const struct go_function *function, uint64_t bias,
                       struct go_turn_site *site, struct failure *f)
{
    struct go_growth growth;
    struct go_function sleep;
    if (!go_binary_growth(binary, function, &growth))
        return fail(f, UNSUPPORTED, 0, "%s has no stack check by which its goroutine could be sent to sleep",
                    function->name);
    if (go_binary_find_any(binary, "time.Sleep", &sleep, f))
        return -1;
    if (!find_gosched(binary, bias, site))
        return fail(f, UNSUPPORTED, 0, "the program has no runtime.Gosched of a form that a sleep could return to");
    site->sleep = sleep.entry + bias;
    site->grown = growth.morestack + bias;
    site->growth = growth.block + bias;
    return 0;
}

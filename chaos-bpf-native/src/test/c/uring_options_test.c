// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <linux/io_uring.h>

#include "uring_options.h"

#include "check.h"

static struct request request;
static struct uring_options options;
static struct failure failure;

static int parse(const char *keys)
{
    char line[512];
    snprintf(line, sizeof line, "attach %s", keys);
    failure.msg[0] = 0;
    return request_parse(&request, line, &failure) || uring_options_parse(&request, &options, &failure);
}

static void refuse(const char *keys, const char *reason)
{
    CHECK(parse(keys));
    CHECK_TEXT(failure.code, BAD_REQUEST);
    CHECK_CONTAINS(failure.msg, reason);
}

static void reads_an_error(void)
{
    CHECK(!parse("operation=read action=error errno=EIO probability_ppm=10 after=2 count=3 seed=4"));
    CHECK_EQUAL(options.operation, URING_OPCODE);
    CHECK_EQUAL(options.opcode, IORING_OP_READ);
    CHECK_EQUAL(options.action, URING_ERROR);
    CHECK_EQUAL(options.error, EIO);
    CHECK_EQUAL(options.choice.probability_ppm, 10);
    CHECK_EQUAL(options.choice.after, 2);
    CHECK_EQUAL(options.choice.count, 3);
    CHECK_TEXT(uring_operation_name(&options), "read");
}

static void reads_a_delay(void)
{
    CHECK(!parse("operation=enter action=delay latency_us=200000 jitter_us=1000"));
    CHECK_EQUAL(options.operation, URING_ENTER);
    CHECK_EQUAL(options.latency_ns, 200000000);
    CHECK_EQUAL(options.jitter_ns, 1000000);
    CHECK_TEXT(uring_operation_name(&options), "enter");
}

static void reads_an_error_that_comes_late(void)
{
    CHECK(!parse("operation=read action=error errno=EIO latency_us=5000000"));
    CHECK_EQUAL(options.error, EIO);
    CHECK_EQUAL(options.latency_ns, 5000000000);
    CHECK(!parse("operation=read action=error errno=EIO"));
    CHECK_EQUAL(options.latency_ns, 0);
    refuse("operation=read action=error errno=EIO latency_us=0", "latency_us");
    refuse("operation=read action=error errno=EIO jitter_us=5", "latency_us");
}

/* The numbers are those of the kernel's interface, whatever this machine's headers know. */
static void knows_operations_by_their_numbers(void)
{
    const struct {
        const char *name;
        int opcode;
    } known[] = {{"nop", 0},         {"openat", 18},         {"send", 26}, {"socket", 45},
                 {"sendmsg_zc", 48}, {"read_multishot", 49}, {"pipe", 62}, {"nop128", 63}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char keys[80];
        snprintf(keys, sizeof keys, "operation=%s action=drop", known[i].name);
        CHECK(!parse(keys));
        CHECK_EQUAL(options.opcode, known[i].opcode);
    }
    CHECK_EQUAL(IORING_OP_SENDMSG_ZC, 48);
}

static void knows_errnos_by_name_and_number(void)
{
    CHECK(!parse("operation=setup action=error errno=ENOSYS"));
    CHECK_EQUAL(options.error, ENOSYS);
    CHECK(!parse("operation=setup action=error errno=1"));
    CHECK_EQUAL(options.error, EPERM);
    CHECK(!parse("operation=setup action=error errno=133"));
    for (int err = 1; err <= ERRNO_LAST; err++)
        CHECK(err == 41 || err == 58 || errno_of(errno_name(err)) == err); /* two numbers have no name */
}

static void refuses_what_is_no_errno(void)
{
    const char *const bad[] = {"0", "134", "512", "-5", "EBOGUS", "eio", ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char keys[80];
        snprintf(keys, sizeof keys, "operation=read action=error errno=%s", bad[i]);
        refuse(keys, "errno");
    }
}

static void refuses_what_it_does_not_know(void)
{
    refuse("action=error errno=EIO", "operation");
    refuse("operation=rad action=error errno=EIO", "operation=rad");
    refuse("operation=read action=fail", "action=fail");
    refuse("operation=read action=error", "errno");
    refuse("operation=read action=delay", "latency_us");
    refuse("operation=read action=delay latency_us=0", "latency_us");
    refuse("operation=read action=delay latency_us=10 jitter_us=11", "jitter_us");
    refuse("operation=setup action=drop", "not for setup");
    refuse("operation=enter action=drop", "not for enter");
}

int main(void)
{
    RUN(reads_an_error);
    RUN(reads_a_delay);
    RUN(reads_an_error_that_comes_late);
    RUN(knows_operations_by_their_numbers);
    RUN(knows_errnos_by_name_and_number);
    RUN(refuses_what_is_no_errno);
    RUN(refuses_what_it_does_not_know);
    return check_summary();
}

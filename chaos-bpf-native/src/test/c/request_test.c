// SPDX-License-Identifier: Apache-2.0
#include "request.h"

#include "check.h"
#include "reply.h"

static struct request request;
static struct failure failure;

static void takes_a_line_apart(void)
{
    CHECK_EQUAL(request_parse(&request, "attach id=a  target=10.0.0.0/8,::1 name=", &failure), 0);
    CHECK_TEXT(request.verb, "attach");
    CHECK_TEXT(request_get(&request, "id"), "a");
    CHECK_TEXT(request_get(&request, "target"), "10.0.0.0/8,::1");
    CHECK_TEXT(request_get(&request, "name"), "");
    CHECK(!request_get(&request, "absent"));
    CHECK_EQUAL(request_refuse_unknown(&request, &failure), 0);
}

static void decodes_escapes(void)
{
    CHECK_EQUAL(request_parse(&request, "v a=%20x%3d%25 b=%2C", &failure), 0);
    CHECK_TEXT(request_get(&request, "a"), " x=%");
    CHECK_TEXT(request_get(&request, "b"), ",");
}

static void refuse(const char *line, const char *reason)
{
    CHECK_EQUAL(request_parse(&request, line, &failure), -1);
    CHECK_TEXT(failure.code, BAD_REQUEST);
    CHECK_CONTAINS(failure.msg, reason);
}

static void refuses_bad_lines(void)
{
    refuse("", "empty request");
    refuse("   ", "empty request");
    refuse("attach id", "\"id\" is not key=value");
    refuse("attach =x", "is not key=value");
    refuse("attach a=1 a=2", "key a is given twice");
    refuse("attach a=%zz", "hexadecimal");
    refuse("attach a=%4", "hexadecimal");
    refuse("attach a=%00", "hexadecimal");

    char many[512] = "v";
    for (int i = 0; i < REQUEST_WORDS + 1; i++)
        sprintf(many + strlen(many), " k%d=v", i);
    refuse(many, "more than 32 keys");

    static char long_line[REQUEST_SIZE + 1];
    memset(long_line, 'x', REQUEST_SIZE);
    refuse(long_line, "at most 32767");
}

static void names_the_first_unknown_key(void)
{
    request_parse(&request, "on id=a latencyus=3", &failure);
    request_get(&request, "id");
    CHECK_EQUAL(request_refuse_unknown(&request, &failure), -1);
    CHECK_TEXT(failure.msg, "on: unknown key latencyus");
}

static void reads_numbers_within_a_range(void)
{
    uint64_t value = 7;
    request_parse(&request, "v a=10 b=11 c=-1 d=1x e= f=99999999999999999999 g=+5", &failure);
    CHECK_EQUAL(request_number(&request, "absent", 0, 10, &value, &failure), 0);
    CHECK_EQUAL(value, 7);
    CHECK_EQUAL(request_number(&request, "a", 0, 10, &value, &failure), 0);
    CHECK_EQUAL(value, 10);
    for (const char *key = "bcdefg"; *key; key++)
        CHECK_EQUAL(request_number(&request, (char[]){*key, 0}, 0, 10, &value, &failure), -1);
    CHECK_EQUAL(request_number(&request, "b", 0, 10, &value, &failure), -1);
    CHECK_TEXT(failure.msg, "b=11: expected a whole number from 0 to 10");
}

static void walks_lists(void)
{
    char item[8];
    const char *rest = "a,bb,ccc";
    CHECK_EQUAL(next_item(&rest, item, sizeof item), 1);
    CHECK_TEXT(item, "a");
    CHECK_EQUAL(next_item(&rest, item, sizeof item), 1);
    CHECK_EQUAL(next_item(&rest, item, sizeof item), 1);
    CHECK_TEXT(item, "ccc");
    CHECK_EQUAL(next_item(&rest, item, sizeof item), 0);

    rest = "a,,b";
    next_item(&rest, item, sizeof item);
    CHECK_EQUAL(next_item(&rest, item, sizeof item), -1);
    rest = "12345678";
    CHECK_EQUAL(next_item(&rest, item, sizeof item), -1);
    rest = "a,";
    next_item(&rest, item, sizeof item);
    CHECK_EQUAL(next_item(&rest, item, sizeof item), -1);
}

static void escapes_reply_values(void)
{
    char text[128];
    struct reply reply;
    reply_ok(&reply, text, sizeof text);
    reply_word(&reply, "msg", "a b=c%%d\n");
    reply_number(&reply, "n", 5);
    reply_more(&reply, "%s", ",6");
    CHECK_TEXT(text, "ok msg=a%20b%3Dc%25d%0A n=5,6");
    CHECK_EQUAL(reply.length, strlen(text));
}

static void notices_a_reply_that_does_not_fit(void)
{
    char text[8];
    struct reply reply;
    reply_ok(&reply, text, sizeof text);
    reply_word(&reply, "key", "value");
    CHECK_TEXT(text, "ok key=");
    CHECK_EQUAL(reply.length, 12);
}

static void writes_errors(void)
{
    char text[256];
    struct reply reply;
    reply_ok(&reply, text, sizeof text);
    reply_word(&reply, "half", "done");
    fail(&failure, NO_TARGET, 3, "pid=%d", 5);
    reply_error(&reply, &failure);
    CHECK_TEXT(text, "error code=no_target errno=ESRCH msg=pid%3D5:%20No%20such%20process");
}

int main(void)
{
    RUN(takes_a_line_apart);
    RUN(decodes_escapes);
    RUN(refuses_bad_lines);
    RUN(names_the_first_unknown_key);
    RUN(reads_numbers_within_a_range);
    RUN(walks_lists);
    RUN(escapes_reply_values);
    RUN(notices_a_reply_that_does_not_fit);
    RUN(writes_errors);
    return check_summary();
}

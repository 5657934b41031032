// SPDX-License-Identifier: Apache-2.0
#include "go_names.h"

#include "check.h"

#define GET "example.org/shop/internal/users.(*handler).get"

static void knows_a_name_by_its_end(void)
{
    CHECK(go_name_ends_with(GET, GET));
    CHECK(go_name_ends_with(GET, "users.(*handler).get"));
    CHECK(go_name_ends_with(GET, "internal/users.(*handler).get"));
    CHECK(go_name_ends_with(GET, "(*handler).get"));
    CHECK(go_name_ends_with(GET, "get"));
    CHECK(!go_name_ends_with(GET, "sers.(*handler).get"));
    CHECK(!go_name_ends_with(GET, "et"));
    CHECK(!go_name_ends_with(GET, ".get"));
    CHECK(!go_name_ends_with(GET, "/users.(*handler).get"));
    CHECK(!go_name_ends_with(GET, ""));
    CHECK(!go_name_ends_with(GET, "x" GET));
    CHECK(!go_name_ends_with(GET, "users.(*handler).gett"));
}

#define STRUCT "shop/list.first[go.shape.struct { a/b.Key []int; c.Value int }]"

static void knows_a_generic_function_by_the_name_in_stack_traces(void)
{
    CHECK(go_name_ends_with("main.first[go.shape.string]", "main.first[...]"));
    CHECK(go_name_ends_with("main.first[go.shape.string]", "first[...]"));
    CHECK(go_name_ends_with("main.first[go.shape.string]", "first[go.shape.string]"));
    CHECK(go_name_ends_with(STRUCT, "list.first[...]"));
    CHECK(go_name_ends_with(STRUCT ".func1", "list.first[...].func1"));
    CHECK(go_name_ends_with("list.(*pair[go.shape.int,go.shape.[]int]).get", "(*pair[...]).get"));
    CHECK(!go_name_ends_with(STRUCT ".func1", "list.first[...]"));
    CHECK(!go_name_ends_with("main.first", "main.first[...]"));
    CHECK(!go_name_ends_with("main.first[go.shape.string]", "main.first"));
    CHECK(!go_name_ends_with("main.first[damaged", "first[...]x"));
}

static void forbids_the_runtime_and_cgo(void)
{
    const char *const forbidden[] = {"runtime.mallocgc",
                                     "runtime/debug.Stack",
                                     "internal/runtime/maps.(*Map).Put",
                                     "internal/bytealg.IndexByte",
                                     "_cgo_sys_thread_start",
                                     "x_cgo_init",
                                     "main._Cfunc_puts",
                                     "internal/poll.runtime_pollWait",
                                     "sync.fatal",
                                     "syscall.forkAndExecInChild1",
                                     "type:.eq.main.key",
                                     "go:buildid"};
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        CHECK(go_name_forbidden(forbidden[i]) != NULL);
    CHECK(!go_name_forbidden(GET));
    CHECK(!go_name_forbidden("main.runtime.thing"));
    CHECK(!go_name_forbidden("net/http.(*conn).serve"));
}

static void measures_how_unlike_names_are(void)
{
    CHECK_EQUAL(go_name_distance(GET, GET), 0);
    CHECK_EQUAL(go_name_distance("a/users.get", "users.gte"), 2);
    CHECK_EQUAL(go_name_distance("main.framed", "main.frame"), 1);
    CHECK_EQUAL(go_name_distance("main.framed", "strings.Index"), GO_NAME_UNLIKE);
    char endless[1000];
    memset(endless, 'x', sizeof endless - 1);
    endless[sizeof endless - 1] = 0;
    CHECK_EQUAL(go_name_distance(endless, "main.f"), GO_NAME_UNLIKE);
    CHECK_EQUAL(go_name_distance("", ""), 0);
    CHECK_EQUAL(go_name_distance(STRUCT, "list.fist"), 1);
    CHECK_EQUAL(go_name_distance("main.(*pair[go.shape.int]).get", "main.(*pair).gets"), 1);
    memset(endless, '/', 500); /* only the path is long */
    memcpy(endless + 500, "main.get", sizeof "main.get");
    CHECK_EQUAL(go_name_distance(endless, "main.get"), 0);
}

int main(void)
{
    RUN(knows_a_name_by_its_end);
    RUN(knows_a_generic_function_by_the_name_in_stack_traces);
    RUN(forbids_the_runtime_and_cgo);
    RUN(measures_how_unlike_names_are);
    return check_summary();
}

// SPDX-License-Identifier: Apache-2.0
#include "go_names.h"
#include "go_version.h"

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
    CHECK(!go_name_ends_with(GET, "x" GET));
    CHECK(!go_name_ends_with(GET, "users.(*handler).gett"));
}

static void forbids_the_runtime_and_cgo(void)
{
    const char *const forbidden[] = {
        "runtime.mallocgc",           "runtime/debug.Stack",   "internal/runtime/maps.(*Map).Put",
        "internal/bytealg.IndexByte", "_cgo_sys_thread_start", "x_cgo_init",
        "main._Cfunc_puts",           "type:.eq.main.key",     "go:buildid"};
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
}

static void knows_the_layouts_of_six_releases(void)
{
    struct go_layout layout;
    struct failure f;
    const char *const known[] = {"go1.22", "go1.23.4", "go1.24.13", "go1.25.9", "go1.26.8", "go1.27.1", "go1.27rc1"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        CHECK(!go_layout_of(known[i], &layout, &f));
    CHECK(!go_layout_of("go1.26.8", &layout, &f));
    CHECK_EQUAL(layout.g_labels, 352);
    CHECK_EQUAL(layout.m_curg, 184);
    CHECK(layout.labels_are_slices);
    CHECK(!go_layout_of("go1.23.4", &layout, &f) && !layout.labels_are_slices);
}

static void refuses_other_releases(void)
{
    struct go_layout layout;
    struct failure f;
    const char *const unknown[] = {"go1.21.13", "go1.28", "go2.0", "devel +abc", ""};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        CHECK(go_layout_of(unknown[i], &layout, &f));
        CHECK_CONTAINS(f.msg, "known are go1.22 to go1.27");
    }
}

int main(void)
{
    RUN(knows_a_name_by_its_end);
    RUN(forbids_the_runtime_and_cgo);
    RUN(measures_how_unlike_names_are);
    RUN(knows_the_layouts_of_six_releases);
    RUN(refuses_other_releases);
    return check_summary();
}

// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "json.h"
#include "profile.h"

#include "check.h"

#define SOCKET "/run/k.sock"
#define LISTENER "\"listenerPath\":\"/run/k.sock\",\"listenerMetadata\":\"chaos-junit setup\""
#define BOTH "\"listenerPath\":\"/run/k.sock\",\"listenerMetadata\":\"chaos-junit setup,enter\""
#define NOTIFY_SETUP "{\"names\":[\"io_uring_setup\"],\"action\":\"SCMP_ACT_NOTIFY\"}"
#define NOTIFY_BOTH "{\"names\":[\"io_uring_setup\",\"io_uring_enter\"],\"action\":\"SCMP_ACT_NOTIFY\"}"
#define REFUSES "\"defaultAction\":\"SCMP_ACT_ERRNO\""

static const char *why;

static void becomes(const char *config, bool enter, const char *expected)
{
    char *edited = profile_with_listener(config, SOCKET, enter, &why);
    CHECK_TEXT(edited ? edited : why, expected);
    CHECK(edited && !*json_skip_space(json_skip_value(edited)));
    free(edited);
}

static void is_left_alone(const char *config, const char *because)
{
    char *edited = profile_with_listener(config, SOCKET, true, &why);
    CHECK(!edited);
    CHECK_CONTAINS(why ? why : "", because);
    free(edited);
}

static void gives_an_unconfined_container_a_profile_that_allows_the_rest(void)
{
    const char *end = LISTENER ",\"syscalls\":[" NOTIFY_SETUP "]},\"path\":1},\"x\":2}";
    char *edited = profile_with_listener("{\"linux\":{\"path\":1},\"x\":2}", SOCKET, false, &why);
    CHECK(edited != NULL);
    CHECK_CONTAINS(edited,
                   "{\"linux\":{\"seccomp\":{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"architectures\":[\"SCMP_ARCH_");
    CHECK_CONTAINS(edited, end);
    free(edited);
}

static void takes_the_calls_out_of_the_profiles_rules(void)
{
    becomes("{\"linux\":{\"seccomp\":{" REFUSES
            ",\"syscalls\":[{\"names\":[\"read\",\"io_uring_setup\",\"write\"],\"action\":"
            "\"SCMP_ACT_ALLOW\"},{\"names\":[\"kill\"],\"action\":\"SCMP_ACT_ALLOW\"}]}}}",
            false,
            "{\"linux\":{\"seccomp\":{" LISTENER ",\"syscalls\":[" NOTIFY_SETUP
            ",{\"names\":[\"read\",\"write\"],\"action\":"
            "\"SCMP_ACT_ALLOW\"},{\"names\":[\"kill\"],\"action\":\"SCMP_ACT_ALLOW\"}]," REFUSES "}}}");
}

static void drops_a_rule_that_names_nothing_else(void)
{
    becomes("{\"linux\":{\"seccomp\":{" REFUSES
            ",\"syscalls\":[{\"names\":[\"io_uring_enter\",\"io_uring_setup\"],\"action\":"
            "\"SCMP_ACT_ALLOW\"}],\"flags\":[]}}}",
            true, "{\"linux\":{\"seccomp\":{" BOTH ",\"syscalls\":[" NOTIFY_BOTH "]," REFUSES ",\"flags\":[]}}}");
}

static void hands_over_what_the_profile_allows_and_no_more(void)
{
    becomes("{\"linux\":{\"seccomp\":{" REFUSES
            ",\"syscalls\":[{\"names\":[\"io_uring_setup\"],\"action\":\"SCMP_ACT_ALLOW\"}]"
            "}}}",
            true, "{\"linux\":{\"seccomp\":{" LISTENER ",\"syscalls\":[" NOTIFY_SETUP "]," REFUSES "}}}");
    is_left_alone("{\"linux\":{\"seccomp\":{" REFUSES
                  ",\"syscalls\":[{\"names\":[\"read\"],\"action\":\"SCMP_ACT_ALLOW\"}]}}}",
                  "refuses io_uring");
    is_left_alone(
        "{\"linux\":{\"seccomp\":{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"io_uring_setup\","
        "\"io_uring_enter\"],\"action\":\"SCMP_ACT_ERRNO\"}]}}}",
        "refuses io_uring");
}

static void takes_a_profile_without_rules(void)
{
    becomes("{ \"linux\" : { \"seccomp\" : { \"defaultAction\" : \"SCMP_ACT_ALLOW\" } } }", true,
            "{ \"linux\" : { \"seccomp\" : {" BOTH ",\"syscalls\":[" NOTIFY_BOTH
            "],\"defaultAction\" : \"SCMP_ACT_ALLOW\"} } }");
}

static void leaves_sandboxes_and_foreign_listeners_alone(void)
{
    is_left_alone("{\"annotations\":{\"io.kubernetes.cri.container-type\":\"sandbox\"},\"linux\":{}}", "sandbox");
    is_left_alone("{\"linux\":{\"seccomp\":{\"listenerPath\":\"/x\"}}}", "has a listener already");
}

static void is_not_fooled_by_strings(void)
{
    const char *config = "{\"process\":{\"env\":[\"A=\\\"linux\\\":{\\\"seccomp\\\":{}}\",\"B=}\"]},\"linux\":{}}";
    char *edited = profile_with_listener(config, SOCKET, true, &why);
    CHECK(edited && !strncmp(edited, config, strlen(config) - 2));
    CHECK(edited && !*json_skip_space(json_skip_value(edited)));
    free(edited);
}

static void refuses_what_is_no_json(void)
{
    const char *const bad[] = {"",
                               "{",
                               "[]",
                               "nonsense",
                               "{\"linux\":",
                               "{\"linux\":{\"seccomp\":{}",
                               "{\"linux\":\"{",
                               "{\"linux\":{\"seccomp\":[]}}",
                               "{\"linux\":{\"seccomp\":{\"syscalls\":[{\"names\":[\""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        is_left_alone(bad[i], "not understood");
}

static void survives_any_cut(void)
{
    const char *config =
        "{\"annotations\":{\"a\":\"b\\\\\"},\"linux\":{\"seccomp\":{" REFUSES ",\"syscalls\":[{\"names\":[\"read\","
        "\"io_uring_setup\"],\"action\":\"SCMP_ACT_ALLOW\",\"args\":[]}]}}}";
    for (size_t length = 0; length < strlen(config); length++) {
        char *cut = strndup(config, length);
        is_left_alone(cut, "not understood");
        free(cut);
    }
}

int main(void)
{
    RUN(gives_an_unconfined_container_a_profile_that_allows_the_rest);
    RUN(takes_the_calls_out_of_the_profiles_rules);
    RUN(drops_a_rule_that_names_nothing_else);
    RUN(hands_over_what_the_profile_allows_and_no_more);
    RUN(takes_a_profile_without_rules);
    RUN(leaves_sandboxes_and_foreign_listeners_alone);
    RUN(is_not_fooled_by_strings);
    RUN(refuses_what_is_no_json);
    RUN(survives_any_cut);
    return check_summary();
}

// SPDX-License-Identifier: Apache-2.0
#include "profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "listener.h"

#if defined(__x86_64__)
#define ARCHITECTURES "\"SCMP_ARCH_X86_64\",\"SCMP_ARCH_X86\",\"SCMP_ARCH_X32\""
#elif defined(__aarch64__)
#define ARCHITECTURES "\"SCMP_ARCH_AARCH64\",\"SCMP_ARCH_ARM\""
#endif

static const char *const calls[] = {"io_uring_setup", "io_uring_enter"};
#define CALLS 2

struct edit {
    FILE *out;
    const char *socket;
    bool wanted[CALLS]; /* which calls are handed over */
    bool enter;
};

static int call_of(const char *name)
{
    for (int i = 0; i < CALLS; i++)
        if (json_is(name, calls[i]))
            return i;
    return -1;
}

static void write_listener(const struct edit *edit)
{
    fprintf(edit->out, "\"listenerPath\":\"%s\",\"listenerMetadata\":\"%s\"", edit->socket,
            edit->wanted[1] ? LISTENER_ENTER : LISTENER_SETUP);
}

static void write_rule(const struct edit *edit)
{
    const char *separator = "";
    fputs("{\"names\":[", edit->out);
    for (int i = 0; i < CALLS; i++)
        if (edit->wanted[i]) {
            fprintf(edit->out, "%s\"%s\"", separator, calls[i]);
            separator = ",";
        }
    fputs("],\"action\":\"SCMP_ACT_NOTIFY\"}", edit->out);
}

/* Without a list of architectures, programs of the machine's other ones would be killed. */
static void write_new_profile(const struct edit *edit)
{
    fputs("\"seccomp\":{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"architectures\":[" ARCHITECTURES "],", edit->out);
    write_listener(edit);
    fputs(",\"syscalls\":[", edit->out);
    write_rule(edit);
    fputs("]}", edit->out);
}

static bool names_wanted(const struct edit *edit, const char *rule, int *others)
{
    bool any = false;
    *others = 0;
    for (const char *name = json_first(json_member(rule, "names")); name; name = json_next(name)) {
        int call = call_of(name);
        if (call >= 0 && edit->wanted[call])
            any = true;
        else
            ++*others;
    }
    return any;
}

static void write_names_left(const struct edit *edit, const char *rule)
{
    const char *separator = "";
    for (const char *name = json_first(json_member(rule, "names")); name; name = json_next(name)) {
        int call = call_of(name);
        if (call >= 0 && edit->wanted[call])
            continue;
        fprintf(edit->out, "%s%.*s", separator, (int)(json_skip_value(name) - name), name);
        separator = ",";
    }
}

/* The rules of the profile, without the calls that are handed over; a rule that names nothing else goes. */
static void write_other_rules(const struct edit *edit, const char *rules)
{
    for (const char *rule = json_first(rules); rule; rule = json_next(rule)) {
        int others;
        const char *end = json_skip_value(rule), *names = json_member(rule, "names");
        if (!names_wanted(edit, rule, &others)) {
            fprintf(edit->out, ",%.*s", (int)(end - rule), rule);
        } else if (others) {
            const char *rest = json_skip_value(names);
            fprintf(edit->out, ",%.*s[", (int)(names - rule), rule);
            write_names_left(edit, rule);
            fprintf(edit->out, "]%.*s", (int)(end - rest), rest);
        }
    }
}

/* Which of the calls the profile lets through: by its default, or by the first rule that names them. */
static bool find_allowed(struct edit *edit, const char *profile)
{
    bool by_default = json_is(json_member(profile, "defaultAction"), "SCMP_ACT_ALLOW"), ruled[CALLS] = {false};
    bool allowed[CALLS] = {by_default, by_default};
    for (const char *rule = json_first(json_member(profile, "syscalls")); rule; rule = json_next(rule))
        for (const char *name = json_first(json_member(rule, "names")); name; name = json_next(name)) {
            int call = call_of(name);
            if (call < 0 || ruled[call])
                continue;
            ruled[call] = true;
            allowed[call] =
                json_is(json_member(rule, "action"), "SCMP_ACT_ALLOW") && !json_first(json_member(rule, "args"));
        }
    edit->wanted[0] = allowed[0];
    edit->wanted[1] = edit->enter && allowed[1];
    return edit->wanted[0] || edit->wanted[1];
}

static void write_profile(const struct edit *edit, const char *profile)
{
    const char *rules = json_member(profile, "syscalls"), *end = json_skip_value(profile) - 1;
    fputc('{', edit->out);
    write_listener(edit);
    fputs(",\"syscalls\":[", edit->out);
    write_rule(edit);
    write_other_rules(edit, rules);
    fputc(']', edit->out);
    for (const char *key = json_skip_space(profile + 1); key && *key == '"';) {
        const char *value_end = json_skip_value(json_skip_space(json_skip_space(json_skip_value(key)) + 1));
        if (!json_is(key, "syscalls"))
            fprintf(edit->out, ",%.*s", (int)(value_end - key), key);
        const char *next = json_skip_space(value_end);
        key = next && next < end && *next == ',' ? json_skip_space(next + 1) : NULL;
    }
    fputc('}', edit->out);
}

static void write_config(struct edit *edit, const char *config, const char *linux_section, const char *profile)
{
    if (profile) {
        fprintf(edit->out, "%.*s", (int)(profile - config), config);
        write_profile(edit, profile);
        fputs(json_skip_value(profile), edit->out);
        return;
    }
    const char *first = json_skip_space(linux_section + 1);
    fprintf(edit->out, "%.*s", (int)(linux_section + 1 - config), config);
    write_new_profile(edit);
    fprintf(edit->out, "%s%s", *first == '}' ? "" : ",", first);
}

char *profile_with_listener(const char *config, const char *socket, bool enter, const char **why)
{
    const char *annotations = json_member(config, "annotations"), *section = json_member(config, "linux");
    const char *profile = json_member(section, "seccomp");
    struct edit edit = {.socket = socket, .enter = enter, .wanted = {true, enter}};
    char *text = NULL;
    size_t size;
    *why = NULL;
    if (!json_skip_value(config) || !section || *section != '{')
        *why = "its configuration is not understood";
    else if (json_is(json_member(annotations, "io.kubernetes.cri.container-type"), "sandbox"))
        *why = "it is a pod's sandbox";
    else if (profile && *profile != '{')
        *why = "its seccomp profile is not understood";
    else if (json_member(profile, "listenerPath"))
        *why = "it has a listener already";
    else if (profile && !find_allowed(&edit, profile))
        *why = "its seccomp profile refuses io_uring";
    else if (!(edit.out = open_memstream(&text, &size)))
        *why = "there is no memory";
    if (*why)
        return NULL;
    write_config(&edit, config, section, profile);
    bool whole = !ferror(edit.out);
    if (!fclose(edit.out) && whole)
        return text;
    *why = "there is no memory";
    free(text);
    return NULL;
}

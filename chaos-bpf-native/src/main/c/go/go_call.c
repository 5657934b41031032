// SPDX-License-Identifier: Apache-2.0
#include "go_call.h"

#include <stdio.h>
#include <string.h>

#include "choice_options.h"
#include "go_version.h"

static void set_text(struct go_text *text, const char *bytes, size_t length)
{
    memset(text, 0, sizeof *text);
    memcpy(text->word, bytes, length);
    text->length = (uint32_t)length;
}

static int read_label(struct request *request, struct go_site *site, bool slices, const char *version,
                      struct failure *f)
{
    const char *label = request_get(request, "label");
    if (!label)
        return 0;
    const char *equals = strchr(label, '=');
    size_t key = equals ? (size_t)(equals - label) : 0, value = equals ? strlen(equals + 1) : 0;
    if (!key || key >= GO_LABEL_SIZE || value >= GO_LABEL_SIZE)
        return fail(f, BAD_REQUEST, 0, "label=%.80s: expected KEY=VALUE of at most %d bytes each", label,
                    GO_LABEL_SIZE - 1);
    if (!slices)
        return fail(f, UNSUPPORTED, 0, "label=%.80s: the program was built by %s; labels can be read from go1.24 on",
                    label, version);
    set_text(&site->key, label, key);
    set_text(&site->value, equals + 1, value);
    return 0;
}

static int read_goroutine(struct request *request, pid_t pid, struct go_call *call, struct failure *f)
{
    const char *name = request_get(request, "goroutine");
    uint64_t entries[GO_MAX_STARTS], bias;
    if (!name)
        return 0;
    int count = go_binary_starts(call->binary, name, entries, GO_MAX_STARTS, f);
    if (count < 0 || go_binary_load_bias(call->binary, pid, &bias, f))
        return -1;
    for (int i = 0; i < count; i++)
        call->site.startpc[i] = entries[i] + bias;
    call->site.starts = (uint32_t)count;
    return 0;
}

static int read_site(struct request *request, pid_t pid, struct go_call *call, struct failure *f)
{
    const char *version = go_binary_version(call->binary);
    struct go_layout layout;
    if (go_layout_of(version, &layout, f))
        return -1;
    call->site = (struct go_site){.g_m = layout.g_m,
                                  .g_labels = layout.g_labels,
                                  .g_startpc = layout.g_startpc,
                                  .g_throwsplit = layout.g_throwsplit,
                                  .m_curg = layout.m_curg,
                                  .m_mallocing = layout.m_mallocing,
                                  .m_preemptoff = layout.m_preemptoff,
                                  .m_locks = layout.m_locks};
    return read_label(request, &call->site, layout.labels_are_slices, version, f) ||
                   read_goroutine(request, pid, call, f)
               ? -1
               : 0;
}

int go_call_open(struct request *request, const struct target *target, struct go_call *call, struct failure *f)
{
    memset(call, 0, sizeof *call);
    const char *name = request_require(request, "function", f);
    if (!name || choice_options_parse(request, &call->choice, f))
        return -1;
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/exe", target->pid);
    call->binary = go_binary_open(path, f);
    if (call->binary && !go_binary_find(call->binary, name, &call->function, f) &&
        !read_site(request, target->pid, call, f))
        return 0;
    go_call_close(call);
    return -1;
}

static int check_names(struct request *request, const struct go_binary *binary, bool panic, struct failure *f)
{
    const char *name = request_require(request, "function", f), *goroutine = request_get(request, "goroutine");
    struct go_function function;
    uint64_t entries[GO_MAX_STARTS], offset;
    if (!name || go_binary_find(binary, name, &function, f))
        return -1;
    if (panic && go_binary_panic_offset(binary, &function, &offset, f))
        return -1;
    return goroutine && go_binary_starts(binary, goroutine, entries, GO_MAX_STARTS, f) < 0 ? -1 : 0;
}

int go_call_check(struct request *request, bool panic, struct failure *f)
{
    const char *path = request_require(request, "binary", f);
    struct go_binary *binary = path ? go_binary_open(path, f) : NULL;
    if (!binary)
        return -1;
    int rc = check_names(request, binary, panic, f);
    go_binary_close(binary);
    return rc;
}

void go_call_close(struct go_call *call)
{
    if (call->binary)
        go_binary_close(call->binary);
    call->binary = NULL;
}

// SPDX-License-Identifier: Apache-2.0
#include "chaosbpf.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "attach.h"
#include "closing.h"
#include "lease.h"
#include "probe.h"
#include "registry.h"
#include "reply.h"
#include "request.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int hello(struct request *request, struct reply *reply, struct failure *f)
{
    if (request_refuse_unknown(request, f))
        return -1;
    struct utsname system;
    uname(&system);
    reply_number(reply, "version", CHAOSBPF_VERSION);
    reply_word(reply, "kernel", "%s", system.release);
    reply_word(reply, "arch", "%s", system.machine);
    reply_number(reply, "pid", (uint64_t)getpid());
    return 0;
}

/* Of a program that does not run yet: what an attach would refuse for the program's own sake. */
static int check(struct request *request, struct reply *reply, struct failure *f)
{
    (void)reply;
    return attach_check(request, f);
}

static const struct {
    const char *name;
    int (*handle)(struct request *request, struct reply *reply, struct failure *f);
} verbs[] = {
    {"hello", hello},        {"probe", probe},      {"check", check},          {"attach", registry_attach},
    {"on", registry_on},     {"off", registry_off}, {"stats", registry_stats}, {"detach", registry_detach},
    {"list", registry_list},
};

static int dispatch(struct request *request, struct reply *reply, struct failure *f)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (!strcmp(request->verb, verbs[i].name))
            return verbs[i].handle(request, reply, f);
    return fail(f, BAD_REQUEST, 0, "unknown verb %.40s; known: hello probe check attach on off stats detach list",
                request->verb);
}

static int answer(struct request *request, const char *line, char *text, size_t size)
{
    struct failure f;
    struct reply reply;
    reply_ok(&reply, text, size);
    int rc = request_parse(request, line, &f);
    if (!rc)
        rc = dispatch(request, &reply, &f);
    if (!rc && reply.length >= size)
        rc = fail(&f, FAILED, 0, "the reply needs %zu bytes, the buffer has %zu", reply.length + 1, size);
    if (rc)
        reply_error(&reply, &f);
    return rc;
}

int chaosbpf_request(const char *line, char *text, size_t size)
{
    static struct request request; /* 32 KiB: too much for the stack of a caller's thread */
    pthread_mutex_lock(&lock);
    int rc = answer(&request, line, text, size);
    pthread_mutex_unlock(&lock);
    return rc;
}

void chaosbpf_end_with(const struct pollfd *ends, int count)
{
    lease_watch(ends, count, registry_lift_all);
}

bool chaosbpf_drain(int ms)
{
    registry_lift_all();
    pthread_mutex_lock(&lock);
    registry_detach_all();
    bool all = closing_await(ms);
    pthread_mutex_unlock(&lock);
    return all;
}

void chaosbpf_left(char *names, size_t size)
{
    pthread_mutex_lock(&lock);
    closing_names(names, size);
    pthread_mutex_unlock(&lock);
}

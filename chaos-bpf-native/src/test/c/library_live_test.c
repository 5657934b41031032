// SPDX-License-Identifier: Apache-2.0
/* The agent's descriptors, and the library as a JVM would use it. */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "live.h"
#include "programs.h"

#define PORT 7300

static void every_descriptor_is_closed_on_exec(void)
{
    char path[300], line[128];
    int seen = 0, leaks = 0;
    struct network network = network_create();
    struct agent agent = agent_start(NULL);
    agent_ask(&agent, "attach id=d kind=networkdelay pid=%d dev=eth0 direction=both latency_us=100000", network.pod);
    snprintf(path, sizeof path, "/proc/%d/fdinfo", agent.pid);
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (atoi(entry->d_name) <= STDERR_FILENO)
            continue;
        snprintf(path, sizeof path, "/proc/%d/fdinfo/%s", agent.pid, entry->d_name);
        FILE *file = fopen(path, "re");
        unsigned int flags = 0;
        while (file && fgets(line, sizeof line, file))
            sscanf(line, "flags: %o", &flags);
        if (file)
            fclose(file);
        seen++;
        leaks += !(flags & O_CLOEXEC);
    }
    closedir(dir);
    CHECK(seen > 5);
    CHECK_EQUAL(leaks, 0);
    CHECK_EQUAL(agent_end(&agent), 0);
    network_destroy(&network);
}

typedef int request_function(const char *line, char *reply, size_t size);

static void *open_library(request_function **request)
{
    const char *path = getenv("CHAOS_LIBRARY");
    void *library = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
    CHECK(library != NULL);
    if (library)
        *(void **)request = dlsym(library, "chaosbpf_request");
    return library;
}

static void the_library_exports_one_function(void)
{
    request_function *request = NULL;
    char reply[1024];
    void *library = open_library(&request);
    CHECK(request && request("hello", reply, sizeof reply) == 0);
    CHECK_CONTAINS(reply, "ok version=3 kernel=");
    CHECK(!dlsym(library, "chaosbpf_drain"));
    CHECK(!dlsym(library, "request_parse"));
    CHECK(request("hello", reply, 10) == -1); /* too small: cut, but always a string */
    CHECK_EQUAL(strlen(reply), 9);
    dlclose(library);
}

static void a_program_is_looked_at_before_it_runs(void)
{
    request_function *request = NULL;
    void *library = open_library(&request);
    const char *programs = getenv("CHAOS_GO_TARGETS");
    char line[500], reply[1024];
    const char *const asked[][3] = {
        {"gopanic", "function=main.framed", "ok"},
        {"godelay", "function=main.framed goroutine=main.framd", "main.framd"},
        {"gopanic", "function=main.framd", "main.framd;%20near:%20main.framed"},
        {"godelay", "function=runtime.mallocgc", "the%20Go%20runtime"},
        {"networkdelay", "latency_us=1", "ok"}, /* of which a program knows nothing */
        {"gopanic", "goroutine=main.framed", "function"},
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        snprintf(line, sizeof line, "check kind=%s binary=%s/probed %s", asked[i][0], programs ? programs : "",
                 asked[i][1]);
        int rc = request(line, reply, sizeof reply);
        CHECK_EQUAL(rc, strcmp(asked[i][2], "ok") ? -1 : 0);
        CHECK_CONTAINS(reply, asked[i][2]);
    }
    CHECK(request("check kind=gopanic binary=/nothing function=main.main", reply, sizeof reply));
    CHECK_CONTAINS(reply, "/nothing");
    dlclose(library);
}

static void unloading_the_library_ends_its_faults(void)
{
    struct network network = network_create();
    request_function *request = NULL;
    void *library = open_library(&request);
    char line[200], reply[1024];
    echo_at(&network, SOCK_DGRAM, PORT);
    int fd = connect_to(&network, SOCK_DGRAM, PEER4, PORT);
    snprintf(line, sizeof line, "attach id=d kind=networkdelay pid=%d dev=eth0 direction=both latency_us=100000",
             network.pod);
    CHECK_EQUAL(request(line, reply, sizeof reply), 0);
    CHECK_EQUAL(request("on id=d", reply, sizeof reply), 0);
    CHECK(round_trip_us(fd) >= 200000);

    unsigned int ids[16];
    CHECK(programs_of(getpid(), ids, 16) >= 3);
    char held[64] = "held";
    send(fd, held, sizeof held, 0);
    dlclose(library);
    CHECK_EQUAL(programs_of(getpid(), ids, 16), 0);
    char echo[64];
    CHECK_EQUAL(recv(fd, echo, sizeof echo, 0), 64); /* what was held is not lost */
    long us = round_trip_us(fd);
    CHECK(us >= 0 && us < 100000);
    close(fd);
    network_destroy(&network);
}

int main(void)
{
    RUN(every_descriptor_is_closed_on_exec);
    RUN(the_library_exports_one_function);
    RUN(a_program_is_looked_at_before_it_runs);
    RUN(unloading_the_library_ends_its_faults);
    return check_summary();
}

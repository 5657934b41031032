// SPDX-License-Identifier: Apache-2.0
/*
 * chaos-runc: what containerd runs in place of runc for the RuntimeClass chaos-io-uring, and under the name
 * chaos-runc-enter for chaos-io-uring-enter. Gives a container that is created a seccomp listener, which runc hands to
 * the keeper (keeper/keeper.h), and becomes runc. Whatever goes wrong here, the pod starts.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptors.h"
#include "profile.h"

#define KEEPER "/run/chaos-junit/runtime.sock"
#define LOG "/run/chaos-junit/runc.log"
#define LARGEST (16 << 20) /* of a config.json; most have 10 KiB */

static const char *keeper(void)
{
    const char *path = getenv("CHAOS_KEEPER"); /* for tests */
    return path ? path : KEEPER;
}

static void note(const char *container, const char *what)
{
    FILE *log = fopen(LOG, "ae");
    if (!log)
        return;
    fprintf(log, "%s: %s\n", container, what);
    fclose(log);
}

/* A socket file alone may be what a keeper left that was killed; runc would fail on it. */
static bool keeper_listens(void)
{
    int connection = descriptors_connect(keeper(), SOCK_STREAM);
    if (connection < 0)
        return false;
    close(connection);
    return true;
}

static char *read_file(const char *path, mode_t *mode)
{
    struct stat status;
    char *text = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && !fstat(fd, &status) && status.st_size <= LARGEST)
        text = calloc(1, (size_t)status.st_size + 1);
    if (text && read(fd, text, (size_t)status.st_size) != status.st_size) {
        free(text);
        text = NULL;
    }
    if (fd >= 0)
        close(fd);
    *mode = text ? status.st_mode & 0777 : 0;
    return text;
}

/* By a new file that takes the old one's place, so that runc reads one or the other. */
static bool replace_file(const char *path, const char *text, mode_t mode)
{
    char fresh[4200];
    snprintf(fresh, sizeof fresh, "%s.chaos", path);
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (fd < 0)
        return false;
    size_t length = strlen(text);
    bool written = write(fd, text, length) == (ssize_t)length;
    written &= !close(fd);
    if (written && !rename(fresh, path))
        return true;
    unlink(fresh);
    return false;
}

static const char *add_listener(const char *bundle, bool enter)
{
    char path[4096];
    mode_t mode;
    const char *why;
    snprintf(path, sizeof path, "%s/config.json", bundle);
    if (!keeper_listens())
        return "left alone: no keeper listens";
    char *config = read_file(path, &mode);
    if (!config)
        return "left alone: its config.json cannot be read";
    char *edited = profile_with_listener(config, keeper(), enter, &why);
    if (edited)
        why = replace_file(path, edited, mode) ? "has a listener" : "left alone: its config.json cannot be replaced";
    free(config);
    free(edited);
    return why;
}

static bool takes_value(const char *option)
{
    static const char *const options[] = {"--root", "--log", "--log-format", "--criu", "--rootless"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (!strcmp(option, options[i]))
            return true;
    return false;
}

/* The command of runc's, past its global options, and the --bundle that follows. */
static const char *find_command(char **arguments, const char **bundle)
{
    const char *command = "";
    for (; *arguments && !*command; arguments++)
        if (takes_value(*arguments) && arguments[1])
            arguments++;
        else if (**arguments != '-')
            command = *arguments;
    for (*bundle = "."; *arguments; arguments++)
        if ((!strcmp(*arguments, "--bundle") || !strcmp(*arguments, "-b")) && arguments[1])
            *bundle = *++arguments;
        else if (!strncmp(*arguments, "--bundle=", strlen("--bundle=")))
            *bundle = *arguments + strlen("--bundle=");
    return command;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcmp(text + n - m, end);
}

int main(int argc, char **argv)
{
    const char *bundle, *command = find_command(argv + 1, &bundle), *runc = getenv("CHAOS_RUNC");
    if (!strcmp(command, "create") || !strcmp(command, "run"))
        note(argv[argc - 1], add_listener(bundle, ends_with(argv[0], "-enter")));
    argv[0] = (char *)(runc ? runc : "runc");
    execvp(argv[0], argv);
    fprintf(stderr, "chaos-runc: %s: %s\n", argv[0], strerror(errno));
    return 127;
}

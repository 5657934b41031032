// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One more than there is, as read() says no more of what follows. */
static int read_file(struct plan *plan, int fd)
{
    struct stat file;
    if (fstat(fd, &file) || !(plan->text = calloc(1, (size_t)file.st_size + 1)))
        return -1;
    plan->end = plan->next = plan->text;
    for (ssize_t n; plan->end - plan->text < file.st_size; plan->end += n)
        if ((n = read(fd, plan->end, (size_t)(file.st_size - (plan->end - plan->text)))) <= 0)
            return -1;
    return plan->end == plan->text || plan->end[-1] ? -1 : 0;
}

/* NULL when there is none left. */
static char *next(struct plan *plan)
{
    char *text = plan->next;
    if (text >= plan->end)
        return NULL;
    plan->next += strlen(text) + 1;
    return text;
}

static bool number(const char *text, int base, uint64_t *value)
{
    char *end;
    if (!text || !*text)
        return false;
    *value = strtoull(text, &end, base);
    return !*end;
}

/* How many, then they themselves. */
static bool list(struct plan *plan, char ***texts)
{
    uint64_t count;
    if (!number(next(plan), 10, &count) || count > (size_t)(plan->end - plan->next) ||
        !(*texts = calloc(count + 1, sizeof **texts)))
        return false;
    for (uint64_t i = 0; i < count; i++)
        if (!((*texts)[i] = next(plan)))
            return false;
    return true;
}

static bool parse(struct plan *plan)
{
    uint64_t user, group;
    plan->cwd = next(plan);
    if (!number(next(plan), 10, &user) || !number(next(plan), 10, &group) || user >= UINT32_MAX || group >= UINT32_MAX)
        return false;
    plan->user = (uint32_t)user;
    plan->group = (uint32_t)group;
    return number(next(plan), 16, &plan->capabilities) && list(plan, &plan->environment) &&
           list(plan, &plan->arguments) && plan->arguments[0] && list(plan, &plan->files);
}

void plan_free(struct plan *plan)
{
    free(plan->environment);
    free(plan->arguments);
    free(plan->files);
    free(plan->text);
}

int plan_read(struct plan *plan, const char *path)
{
    *plan = (struct plan){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool good = fd >= 0 && !unlink(path) && !read_file(plan, fd);
    if (!good)
        fprintf(stderr, "chaos-agent contain: cannot read %s: %m\n", path);
    if (fd >= 0)
        close(fd);
    if (good && parse(plan))
        return 0;
    if (good)
        fprintf(stderr, "chaos-agent contain: %s is no plan of a container\n", path);
    plan_free(plan);
    return -1;
}

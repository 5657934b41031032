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

/* A user's or a group's. */
static bool id(const char *text, uint32_t *id)
{
    uint64_t value;
    if (!number(text, 10, &value) || value >= UINT32_MAX)
        return false;
    *id = (uint32_t)value;
    return true;
}

static bool groups(struct plan *plan)
{
    char **texts = NULL;
    bool good = list(plan, &texts);
    for (; good && texts[plan->group_count]; plan->group_count++)
        ;
    good = good && (plan->groups = calloc(plan->group_count + 1, sizeof *plan->groups));
    for (size_t i = 0; good && i < plan->group_count; i++)
        good = id(texts[i], &plan->groups[i]);
    free(texts);
    return good;
}

static bool parse(struct plan *plan)
{
    uint64_t read_only;
    plan->cwd = next(plan);
    if (!id(next(plan), &plan->user) || !id(next(plan), &plan->group) || !groups(plan) ||
        !number(next(plan), 16, &plan->capabilities) || !number(next(plan), 10, &read_only))
        return false;
    plan->read_only = read_only;
    return list(plan, &plan->environment) && list(plan, &plan->arguments) && plan->arguments[0] &&
           list(plan, &plan->files) && list(plan, &plan->given) && list(plan, &plan->volumes) &&
           list(plan, &plan->limits);
}

void plan_free(struct plan *plan)
{
    free(plan->groups);
    free(plan->environment);
    free(plan->arguments);
    free(plan->files);
    free(plan->given);
    free(plan->volumes);
    free(plan->limits);
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

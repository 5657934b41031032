// SPDX-License-Identifier: Apache-2.0
#include "freezer.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/xattr.h>
#include <unistd.h>

#define NOTE "trusted.chaos-junit.frozen" /* goes with the cgroup */

static int write_file(const struct freezer *freezer, const char *name, const char *text)
{
    int fd = openat(freezer->directory, name, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t length = (ssize_t)strlen(text), n = write(fd, text, (size_t)length);
    close(fd);
    return n == length ? 0 : -1;
}

static bool read_file(const struct freezer *freezer, const char *name, char content[256])
{
    int fd = openat(freezer->directory, name, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, content, 255);
    if (fd >= 0)
        close(fd);
    content[n > 0 ? n : 0] = 0;
    return n > 0;
}

int freezer_freeze(const struct freezer *freezer)
{
    return freezer->unified ? write_file(freezer, "cgroup.freeze", "1")
                            : write_file(freezer, "freezer.state", "FROZEN");
}

int freezer_thaw(const struct freezer *freezer)
{
    return freezer->unified ? write_file(freezer, "cgroup.freeze", "0")
                            : write_file(freezer, "freezer.state", "THAWED");
}

enum freezer_state freezer_state(const struct freezer *freezer)
{
    char asked[256], events[256];
    if (!read_file(freezer, freezer->unified ? "cgroup.freeze" : "freezer.state", asked))
        return FREEZER_GONE;
    if (!freezer->unified)
        return !strncmp(asked, "FROZEN", 6) ? FREEZER_FROZEN : *asked == 'F' ? FREEZER_ASKED : FREEZER_THAWED;
    if (read_file(freezer, "cgroup.events", events) && strstr(events, "frozen 1"))
        return FREEZER_FROZEN;
    return *asked == '1' ? FREEZER_ASKED : FREEZER_THAWED;
}

int freezer_claim(const struct freezer *freezer)
{
    return flock(freezer->directory, LOCK_EX | LOCK_NB) || fsetxattr(freezer->directory, NOTE, "1", 1, 0) ? -1 : 0;
}

void freezer_release(const struct freezer *freezer)
{
    fremovexattr(freezer->directory, NOTE);
}

bool freezer_reclaim(const struct freezer *freezer)
{
    char note[8];
    if (fgetxattr(freezer->directory, NOTE, note, sizeof note) < 1 || flock(freezer->directory, LOCK_EX | LOCK_NB))
        return false;
    freezer_thaw(freezer);
    freezer_release(freezer);
    return true;
}

// SPDX-License-Identifier: Apache-2.0
#include "leftovers.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "freezer.h"

/* Takes the directory. */
static int thaw_below(int directory, bool unified)
{
    struct freezer freezer = {directory, unified};
    int thawed = freezer_reclaim(&freezer);
    DIR *list = fdopendir(directory);
    for (struct dirent *entry; list && (entry = readdir(list));) {
        if (entry->d_type != DT_DIR || entry->d_name[0] == '.')
            continue;
        int inner = openat(directory, entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (inner >= 0)
            thawed += thaw_below(inner, unified);
    }
    if (list)
        closedir(list);
    else
        close(directory);
    return thawed;
}

static int thaw_all(const char *controller, bool unified)
{
    char path[MEMBERSHIP_PATH];
    struct failure ignored;
    int root = membership_root(controller, path, &ignored);
    return root < 0 ? 0 : thaw_below(root, unified);
}

int leftovers_thaw(void)
{
    return thaw_all(MEMBERSHIP_UNIFIED, true) + thaw_all("freezer", false);
}

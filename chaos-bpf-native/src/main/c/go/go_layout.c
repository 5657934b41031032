// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "go_version.h"

#define OLDEST 22

/* Read from the debug information of programs by src/test/go/cmd/layout; the same on amd64 and arm64. */
static const struct go_layout layouts[] = {
    {48, 152, 344, 296, 183, 192, 240, 248, 264, false, 40}, /* go1.22.12 */
    {48, 160, 352, 304, 191, 192, 240, 248, 264, false, 40}, /* go1.23.12 */
    {48, 160, 352, 304, 191, 192, 240, 248, 264, true, 40},  /* go1.24.13 */
    {48, 152, 344, 296, 183, 184, 232, 240, 256, true, 40},  /* go1.25.9 */
    {48, 152, 352, 304, 183, 184, 240, 248, 264, true, 40},  /* go1.26.8 */
    {48, 152, 352, 304, 183, 184, 240, 248, 264, true, 43},  /* go1.27.1 */
};

int go_layout_of(const char *version, struct go_layout *layout, struct failure *f)
{
    int minor = 0, known = sizeof layouts / sizeof *layouts;
    if (sscanf(version, "go1.%d", &minor) != 1 || minor < OLDEST || minor >= OLDEST + known)
        return fail(f, UNSUPPORTED, 0, "the program was built by %s; known are go1.%d to go1.%d", version, OLDEST,
                    OLDEST + known - 1);
    *layout = layouts[minor - OLDEST];
    return 0;
}

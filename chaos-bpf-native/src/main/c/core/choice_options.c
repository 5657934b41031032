// SPDX-License-Identifier: Apache-2.0
#include "choice_options.h"

#include "clock.h"

int choice_options_parse(struct request *request, struct chaos_choice *choice, struct failure *f)
{
    uint64_t probability_ppm = CHOICE_ALWAYS, after = 0, count = 0, seed = clock_now_ns();
    if (request_number(request, "probability_ppm", 1, CHOICE_ALWAYS, &probability_ppm, f) ||
        request_number(request, "after", 0, UINT64_MAX, &after, f) ||
        request_number(request, "count", 1, UINT64_MAX, &count, f) ||
        request_number(request, "seed", 0, UINT64_MAX, &seed, f))
        return -1;
    *choice = (struct chaos_choice){
        .seed = seed, .after = after, .count = count, .probability_ppm = (uint32_t)probability_ppm};
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "clock.h"
#include "delay_parts.h"
#include "load.h"
#include "setting.h"
#include "turns.h"

#define TURNS 8
#define PORT (DELAY_PORT + 3)
#define RATE 20000 /* so often it is looked, every 50 us */
#define HELD_FOR_US                                                                                                    \
    2000 /* what is held goes out first, in order: little is, so that it is the end that is measured                   \
          */

static void kill_it(void)
{
    kill(agent.pid, SIGKILL);
}

static void terminate_it(void)
{
    kill(agent.pid, SIGTERM);
}

static void end_its_input(void)
{
    close(agent.in);
    agent.in = -1;
}

static void detach(void)
{
    ask("detach id=b");
}

/* From the call, until the last packet is sent that does not arrive, or is still late: by more than 1 ms. */
static double captured_for_ms(void (*end)(void), int *lost)
{
    delay_attach("to", HELD_FOR_US);
    ask("on id=b");
    struct stream *stream = stream_start(&network, PORT, false, RATE);
    sleep_ms(60);
    uint64_t asked = clock_now_ns();
    stream_watch(stream, asked);
    end();
    sleep_ms(40);
    double clean = stream_first_prompt_sent_ms(stream);
    struct stream_result result = stream_stop(stream);
    *lost += result.lost_after;
    return clean > result.lost_until_ms ? clean : result.lost_until_ms;
}

static void measure(const char *name, void (*end)(void), bool is_for_good)
{
    static struct samples captured;
    char row[120];
    int lost = 0;
    captured.count = 0;
    for (int turn = 0; turn < TURNS; turn++) {
        samples_add(&captured, captured_for_ms(end, &lost));
        if (is_for_good) {
            agent_wait(&agent);
            set_priority(0); /* which the agent would inherit */
            agent = agent_start(NULL);
            set_priority(40);
        }
    }
    snprintf(row, sizeof row, "%s (%d packets lost, sent after it, in %d turns)", name, lost, TURNS);
    samples_print(row, &captured);
}

void delay_ends(void)
{
    samples_head("after its end, until a new packet arrives at once, ms");
    measure("kill -9", kill_it, true);
    measure("SIGTERM", terminate_it, true);
    measure("end of input", end_its_input, true);
    measure("detach", detach, false);
}

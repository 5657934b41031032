// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "clock.h"
#include "delay_parts.h"
#include "load.h"
#include "setting.h"
#include "turns.h"

#define TURNS 10
#define PORT (DELAY_PORT + 3)

static struct samples hit, on, drained, off;
static struct turns revert;

static double ms_since(uint64_t asked_ns, const char *key)
{
    return (double)(reply_value(ask("stats id=b"), key) - (long long)asked_ns) / 1e6;
}

static void switch_once(struct stream *stream, double floor)
{
    sleep_ms(50);
    uint64_t asked = clock_now_ns();
    ask("on id=b");
    samples_add(&on, (double)(clock_now_ns() - asked) / 1e6);
    sleep_ms(150);
    samples_add(&hit, ms_since(asked, "t_first_hit_ns"));
    asked = clock_now_ns();
    stream_watch(stream, asked);
    ask("off id=b");
    samples_add(&off, (double)(clock_now_ns() - asked) / 1e6);
    sleep_ms(50);
    turns_add(&revert, floor, stream_first_prompt_ms(stream));
    samples_add(&drained, ms_since(asked, "t_last_sent_ns"));
}

/* What is held at a revert goes out first, in order: the more, the later comes the first new packet. No faster, at
 * best, than as many packets take when they are sent without any fault. */
static void switching(const char *direction, bool to_pod, int rate)
{
    char name[80];
    hit.count = on.count = drained.count = off.count = 0;
    revert.count = 0;
    delay_attach(direction, DELAY_US);
    struct stream *stream = stream_start(&network, PORT, to_pod, rate);
    for (int i = 0; i < TURNS; i++)
        switch_once(stream, load_burst(&network, PORT + 1, to_pod, rate / (1000000 / DELAY_US)));
    struct stream_result result = stream_stop(stream);
    ask("detach id=b");
    snprintf(name, sizeof name, "%s, %d packets held, ms", to_pod ? "ingress" : "egress", rate / (1000000 / DELAY_US));
    turns_head(name, "as many sent without a fault", "off: until a new packet arrives", "ratio");
    turns_print_ratio("revert", &revert);
    samples_head("of these, ms");
    samples_print("on: until the first packet is held", &hit);
    samples_print("on: until the reply", &on);
    samples_print("off: until the last held one is sent", &drained);
    samples_print("off: until the reply", &off);
    printf("\n%d sent, %d lost, %d reordered.\n", result.sent, result.lost, result.reordered);
}

void delay_switching(void)
{
    switching("to", false, 1000);
    switching("to", false, 10000);
    switching("from", true, 1000);
    switching("from", true, 10000);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * How exact is a delay, what does it cost, how fast is it switched, what does its end leave? What has the fault stands
 * beside the same load without it, measured in turns in this run on this machine: compare rows of one run, never
 * figures of two machines.
 */
#include <stdio.h>
#include <sys/socket.h>

#include "delay_parts.h"
#include "setting.h"

int main(void)
{
    setting_prepare();
    printf("All figures: median (least to most).\n");
    set_priority(40);
    echo_at(&network, SOCK_DGRAM, DELAY_PORT);
    echo_at(&network, SOCK_STREAM, DELAY_PORT);
    delay_accuracy();
    delay_bulk();
    delay_connections();
    delay_cpu();
    delay_switching();
    delay_ends();
    agent_end(&agent);
    network_destroy(&network);
    return 0;
}

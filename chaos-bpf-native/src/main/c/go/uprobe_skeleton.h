// SPDX-License-Identifier: Apache-2.0
/*
 * To be included before a light skeleton of programs at uprobes. A program is loaded either for uprobe_multi links or
 * for perf events, and bpftool before 7.3 knows no section name for the former: where the kernel has these links, what
 * the skeleton's loader asks the kernel for is corrected.
 */
#ifndef UPROBE_SKELETON_H
#define UPROBE_SKELETON_H

#include <errno.h>

#include <bpf/skel_internal.h>

int uprobe_load_and_run(struct bpf_load_and_run_opts *options);
#define bpf_load_and_run uprobe_load_and_run

#endif

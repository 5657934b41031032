// SPDX-License-Identifier: Apache-2.0
#include "owner.h"

#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A list in the memory of the controls, linked through next_owned, which the kernel reads when the thread has died. */
static struct robust_list_head owned = {
    .list = {&owned.list},
    .futex_offset = (long)offsetof(struct chaos_control, owner) - (long)offsetof(struct chaos_control, next_owned),
};

_Static_assert(sizeof(struct robust_list) == sizeof(__u64), "next_owned is such a link");

static __u32 thread; /* 0: it has not begun yet */

static struct robust_list *link_of(volatile struct chaos_control *control)
{
    return (struct robust_list *)&control->next_owned;
}

static volatile struct chaos_control *control_of(struct robust_list *link)
{
    return (volatile struct chaos_control *)((char *)link - offsetof(struct chaos_control, next_owned));
}

void owner_become(void)
{
    thread = (__u32)syscall(SYS_gettid);
    syscall(SYS_set_robust_list, &owned, sizeof owned); /* instead of the list for locks: this thread takes none such */
    for (struct robust_list *link = owned.list.next; link != &owned.list; link = link->next)
        control_of(link)->owner = thread;
}

/* The list is whole after each store, as the thread may be killed at any. */
void owner_add(volatile struct chaos_control *control)
{
    control->owner = thread;
    link_of(control)->next = owned.list.next;
    __atomic_store_n(&owned.list.next, link_of(control), __ATOMIC_RELEASE);
}

void owner_remove(volatile struct chaos_control *control)
{
    struct robust_list *before = &owned.list;
    while (before->next != link_of(control)) {
        if (before->next == &owned.list)
            return;
        before = before->next;
    }
    __atomic_store_n(&before->next, link_of(control)->next, __ATOMIC_RELEASE);
    control->owner = 0;
}

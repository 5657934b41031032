// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A connection that is chosen is reset at both ends by its next packet, whose place the reset takes. Each is drawn
 * once. A handshake is let by: what is not there yet cannot be reset.
 */
#include "connectionreset.h"
#include "meet.bpf.h"

#include "choice.h"
#include "reset.bpf.h"

const volatile struct chaos_choice choice; /* .rodata, set before loading: which connections */

volatile __u64 drawn, taken;
volatile __u64 unmade; /* packets that passed because no reset can be made of them: with IP options, in fragments */

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, RESET_MAX_CONNECTIONS);
    __type(key, struct reset_connection);
    __type(value, __u32); /* enum reset_state */
} states SEC(".maps");

static __always_inline __u32 *state_of(const struct meeting *m, bool begins)
{
    struct reset_connection key = {.peer_port = m->peer_port, .local_port = m->local_port};
    __builtin_memcpy(key.peer, meet_peer(m), sizeof key.peer);
    const __u32 first = begins ? RESET_BEGINS : RESET_DUE;
    if (begins)
        bpf_map_update_elem(&states, &key, &first, BPF_ANY); /* these ports may have been another connection's */
    __u32 *state = bpf_map_lookup_elem(&states, &key);
    if (state)
        return state;
    bpf_map_update_elem(&states, &key, &first, BPF_NOEXIST);
    return bpf_map_lookup_elem(&states, &key);
}

/* The acknowledgement of a handshake carries nothing, but a short frame may have been filled up. */
static __always_inline bool is_bare(const struct meeting *m, const struct tcphdr *tcp)
{
    return !tcp->fin && (m->length <= ETH_ZLEN || m->length <= m->packet.l4_offset + tcp->doff * 4u);
}

/* Drawn at the first packet that is not of the handshake. */
static __always_inline void draw(const struct meeting *m, const struct tcphdr *tcp, __u32 *state)
{
    if (*state == RESET_BEGINS) {
        *state = RESET_DUE;
        if (is_bare(m, tcp))
            return;
    }
    if (__sync_val_compare_and_swap(state, RESET_DUE, RESET_SPARED) == RESET_DUE &&
        choice_takes(&choice, __sync_fetch_and_add(&drawn, 1), &taken))
        *state = RESET_CHOSEN;
}

/* What still comes of a connection that was reset is answered so, too, but counts no more. */
static __always_inline int reset(struct __sk_buff *skb, const struct meeting *m, __u32 *state)
{
    int verdict;
    if (!reset_both(skb, &m->packet, m->egress, &verdict)) {
        __sync_fetch_and_add(&unmade, 1);
        return TCX_NEXT;
    }
    if (__sync_val_compare_and_swap(state, RESET_CHOSEN, RESET_DONE) == RESET_CHOSEN)
        meet_hit(m);
    return verdict;
}

static __always_inline int run(struct __sk_buff *skb, bool egress)
{
    struct meeting m = {};
    struct tcphdr tcp;
    if (!meet(skb, egress, &m) || !m.packet.l4_offset ||
        bpf_skb_load_bytes(skb, m.packet.l4_offset, &tcp, sizeof tcp) || tcp.rst)
        return TCX_NEXT;
    __u32 *state = state_of(&m, tcp.syn);
    if (!state || tcp.syn)
        return TCX_NEXT;
    draw(&m, &tcp, state);
    return *state >= RESET_CHOSEN ? reset(skb, &m, state) : TCX_NEXT;
}

SEC("tc")
int reset_egress(struct __sk_buff *skb)
{
    return run(skb, true);
}

SEC("tc")
int reset_ingress(struct __sk_buff *skb)
{
    return run(skb, false);
}

// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The kernel's capabilities. */
public enum Capability {
    CHOWN(0),
    DAC_OVERRIDE(1),
    DAC_READ_SEARCH(2),
    FOWNER(3),
    FSETID(4),
    KILL(5),
    SETGID(6),
    SETUID(7),
    SETPCAP(8),
    LINUX_IMMUTABLE(9),
    NET_BIND_SERVICE(10),
    NET_BROADCAST(11),
    NET_ADMIN(12),
    NET_RAW(13),
    IPC_LOCK(14),
    IPC_OWNER(15),
    SYS_MODULE(16),
    SYS_RAWIO(17),
    SYS_CHROOT(18),
    SYS_PTRACE(19),
    SYS_PACCT(20),
    SYS_ADMIN(21),
    SYS_BOOT(22),
    SYS_NICE(23),
    SYS_RESOURCE(24),
    SYS_TIME(25),
    SYS_TTY_CONFIG(26),
    MKNOD(27),
    LEASE(28),
    AUDIT_WRITE(29),
    AUDIT_CONTROL(30),
    SETFCAP(31),
    MAC_OVERRIDE(32),
    MAC_ADMIN(33),
    SYSLOG(34),
    WAKE_ALARM(35),
    BLOCK_SUSPEND(36),
    AUDIT_READ(37),
    PERFMON(38),
    BPF(39),
    CHECKPOINT_RESTORE(40);

    /** All of them, in a manifest. */
    public static final String ALL = "ALL";

    /** Those that containerd gives. */
    private static final Set<Capability> DEFAULT = Collections.unmodifiableSet(EnumSet.of(
            CHOWN,
            DAC_OVERRIDE,
            FOWNER,
            FSETID,
            KILL,
            SETGID,
            SETUID,
            SETPCAP,
            NET_BIND_SERVICE,
            NET_RAW,
            SYS_CHROOT,
            MKNOD,
            AUDIT_WRITE,
            SETFCAP));

    private static final Set<Capability> OF_PODS = ofPods();

    private final int number;

    Capability(int number) {
        this.number = number;
    }

    private static Set<Capability> ofPods() {
        EnumSet<Capability> all = EnumSet.copyOf(DEFAULT);
        all.addAll(EnumSet.of(
                DAC_READ_SEARCH,
                LINUX_IMMUTABLE,
                NET_BROADCAST,
                NET_ADMIN,
                IPC_LOCK,
                IPC_OWNER,
                SYS_PTRACE,
                SYS_NICE,
                SYS_RESOURCE,
                LEASE));
        return Collections.unmodifiableSet(all);
    }

    /** Whether a name, without {@code CAP_}, is one of a capability, or {@link #ALL}. */
    public static boolean exists(String name) {
        return name.equals(ALL)
                || Arrays.stream(values()).anyMatch(each -> each.name().equals(name));
    }

    /** Whether a pod can be given it: others are about the machine, which pods only share. {@link #ALL} leaves them out. */
    public static boolean isForPods(String name) {
        return name.equals(ALL) || OF_PODS.stream().anyMatch(each -> each.name().equals(name));
    }

    /**
     * What a container has, as containerd reads such lists.
     *
     * @param add by name, beyond its default ones
     * @param drop by name, even where they are added
     */
    public static Set<Capability> of(Set<String> add, Set<String> drop) {
        EnumSet<Capability> all = EnumSet.copyOf(add.contains(ALL) ? OF_PODS : DEFAULT);
        if (drop.contains(ALL)) {
            all.clear();
        }
        OF_PODS.stream().filter(each -> add.contains(each.name())).forEach(all::add);
        all.removeIf(each -> drop.contains(each.name()));
        return all;
    }

    /** The kernel's number. */
    public int number() {
        return number;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.image.HostPart;
import dev.chaosjunit.cluster.image.HostPart.User;
import dev.chaosjunit.cluster.image.ImageContent;
import dev.chaosjunit.cluster.manifest.Capability;
import dev.chaosjunit.cluster.manifest.Security;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * As whom a container runs, and what it may do.
 *
 * @param groups more groups of its processes
 * @param capabilities that it may have at the most, a bit for each
 * @param readOnlyRoot whether it can write to nothing but volumes
 */
record ContainerRights(User user, List<Long> groups, long capabilities, boolean readOnlyRoot) {

    /** Of an image that is built here, with the group that Kubernetes gives to a uid without a name. */
    private static final User NON_ROOT = new User(ImageContent.NON_ROOT, 0);

    /** What a manifest says of a container, and where that is silent, its image: who runs the test by default. */
    static ContainerRights of(Security security, Optional<HostPart> host) {
        return of(security, host, new User(Privilege.id("uid"), Privilege.id("gid")));
    }

    /** Services need no more rights than the one who runs the test, and as root no more than in a container. */
    static ContainerRights of(Security security, Optional<HostPart> host, User caller) {
        User user = host.flatMap(HostPart::user).orElse(security.nonRoot() && caller.uid() == 0 ? NON_ROOT : caller);
        int group = security.user().isPresent() ? NON_ROOT.gid() : user.gid();
        return new ContainerRights(
                new User(
                        security.user().map(Math::toIntExact).orElse(user.uid()),
                        security.group().map(Math::toIntExact).orElse(group)),
                security.groups().stream().sorted().toList(),
                mask(Capability.of(security.add(), security.drop())),
                security.readOnlyRoot());
    }

    /** Whether a container that forbids it would run as root. Images that are built here are no one's. */
    boolean isForbidden(Security security) {
        return security.nonRoot() && user.uid() == 0;
    }

    private static long mask(Set<Capability> capabilities) {
        return capabilities.stream().mapToLong(each -> 1L << each.number()).sum();
    }

    /** As the agent reads them. */
    Stream<String> words() {
        return Stream.of(
                        Stream.of(String.valueOf(user.uid()), String.valueOf(user.gid())),
                        ContainerPlan.counted(groups.stream().map(String::valueOf)),
                        Stream.of(Long.toHexString(capabilities), readOnlyRoot ? "1" : "0"))
                .flatMap(part -> part);
    }
}

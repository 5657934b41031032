// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.ChaosAgent;
import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Request;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Place;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks into programs that do not run yet for what faults in them name, such as functions. */
public final class ProgramCheck {
    private static final System.Logger LOG = System.getLogger(ProgramCheck.class.getName());

    /** Starts a helper of this machine. */
    @FunctionalInterface
    interface Agent {
        Helper start() throws HelperException;
    }

    private final List<Fault> faults;
    private final Manifests manifests;
    private final Agent agent;

    /** Check what these faults name in the programs of these manifests. */
    public ProgramCheck(List<Fault> faults, Manifests manifests) {
        this(faults, manifests, () -> ChaosAgent.start(List.of()));
    }

    ProgramCheck(List<Fault> faults, Manifests manifests, Agent agent) {
        this.faults =
                faults.stream().filter(Fault::namesPartsOfPrograms).distinct().toList();
        this.manifests = manifests;
        this.agent = agent;
    }

    /**
     * Look, where this machine can; where it cannot, an attach will tell.
     *
     * @param programs by the name of the image that runs them
     * @throws InjectionException of cause TEST, with all that is wrong
     */
    public void check(Map<String, Path> programs) {
        if (faults.isEmpty()) {
            return;
        }
        Set<String> mistakes = new LinkedHashSet<>();
        try (Helper helper = agent.start()) {
            faults.forEach(fault -> mistakes.addAll(mistakes(fault, programs, helper)));
        } catch (HelperException e) {
            LOG.log(Level.DEBUG, "no program can be looked into here", e);
        }
        if (!mistakes.isEmpty()) {
            throw new InjectionException(InjectionException.Cause.TEST, String.join("\n", mistakes));
        }
    }

    private List<String> mistakes(Fault fault, Map<String, Path> programs, Helper helper) {
        List<String> mistakes = new ArrayList<>();
        for (Workload workload : manifests.workloads(fault.selection().selector()::matches)) {
            String image = workload.pod().containers().get(0).image();
            Path program = programs.get(image);
            if (program != null) {
                refusal(fault, program, helper)
                        .ifPresent(why -> mistakes.add(
                                fault.describe() + ": image " + image + " of " + workload.title() + ": " + why));
            }
        }
        return mistakes;
    }

    private static Optional<String> refusal(Fault fault, Path program, Helper helper) {
        try {
            helper.request(AttachRequest.with(
                    Request.of("check").with("binary", program.toString()), fault.words(new Place(Optional.empty()))));
            return Optional.empty();
        } catch (HelperException e) {
            return Optional.of(e)
                    .filter(refused -> refused.code().equals("bad_request"))
                    .map(HelperException::getMessage);
        }
    }
}

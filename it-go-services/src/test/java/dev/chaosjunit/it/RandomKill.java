// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of one experiment in a JVM of its own, one process of which is killed at some moment; drawn by a seed. */
final class RandomKill {
    private static final Duration APPEARS = Duration.ofMinutes(3);
    private static final Duration ENDS = Duration.ofMinutes(3);
    private static final int LATEST_MILLIS = 8000;
    /** Less than this before the verdict, a death may not have been noticed any more. */
    private static final Duration NOTICED = Duration.ofSeconds(1);

    private static final boolean K3S = "k3s".equals(System.getProperty("chaos.runtime"));
    /** What a JVM says of its node. */
    private static final Pattern NODE = Pattern.compile("\\[k3s] node \\S+/([0-9a-f]{12}) ");

    private final long seed;
    private final Class<?> experiment;
    private final Victim victim;
    private final int delayMillis;
    private final Random random;
    private final Remains remains = new Remains();
    private final Queue<String> output = new ConcurrentLinkedQueue<>();

    RandomKill(long seed) {
        this.seed = seed;
        random = new Random(seed);
        experiment = KillCases.ALL.get(random.nextInt(KillCases.ALL.size()));
        List<Victim> victims = Victim.on(K3S, experiment);
        victim = victims.get(random.nextInt(victims.size()));
        delayMillis = random.nextInt(LATEST_MILLIS);
    }

    /**
     * What came of it.
     *
     * @param killed the process, or why there was none
     * @param outcome of the experiment; "-" without one
     * @param leftMillis how long something was left after the JVM's end
     * @param summary of the verdict; empty without one
     * @param wrong what must not be; empty if all is well
     */
    record Outcome(
            RandomKill kill, String killed, String outcome, long leftMillis, String summary, List<String> wrong) {
        @Override
        public String toString() {
            return String.format(
                    "%-10d %-8s %-24s %5d ms  %-26s %-12s %5d ms  %s",
                    kill.seed,
                    kill.experiment.getSimpleName().replace("TestCase", ""),
                    kill.victim,
                    kill.delayMillis,
                    killed,
                    outcome,
                    leftMillis,
                    wrong.isEmpty() ? summary : "WRONG: " + String.join("; ", wrong));
        }
    }

    Victim victim() {
        return victim;
    }

    Outcome run() throws Exception {
        Path report = Files.createTempDirectory("chaos-kill");
        try {
            return run(report);
        } finally {
            Commands.run("rm", "-r", report.toString());
        }
    }

    private Outcome run(Path report) throws Exception {
        ChildJvm child = ChildJvm.start(experiment, "-Dchaos.report=" + report);
        Thread reader = new Thread(() -> child.reader().lines().forEach(output::add));
        reader.start();
        try {
            ProcessHandle jvm = child.process().toHandle();
            boolean came = appears(jvm);
            watch(jvm, Duration.ofMillis(delayMillis));
            RunProcess target = any(victim.among(look(jvm)));
            String what = came ? "ended before" : "none";
            long killed = Long.MAX_VALUE;
            if (target != null && target.runs()) {
                what = target.toString();
                killed = System.currentTimeMillis();
                target.kill();
            }
            watch(jvm, ENDS);
            boolean ended = !jvm.isAlive();
            child.kill();
            long leftMillis = settle();
            reader.join(10_000);
            String text = String.join("\n", output);
            return judge(report, what, killed, ended, leftMillis, text);
        } finally {
            child.kill();
            if (!node().isEmpty()) { // else the next JVM would; the run's own may be at it
                Commands.run("sh", "-c", "docker rm --force --volumes \"$0\" || true", node());
            }
        }
    }

    private boolean appears(ProcessHandle jvm) throws Exception {
        long deadline = System.nanoTime() + APPEARS.toNanos();
        while (jvm.isAlive() && System.nanoTime() < deadline) {
            if (!victim.among(look(jvm)).isEmpty()) {
                return true;
            }
            Thread.sleep(50);
        }
        return false;
    }

    private @Nullable RunProcess any(List<RunProcess> victims) {
        return victims.isEmpty() ? null : victims.get(random.nextInt(victims.size()));
    }

    private List<RunProcess> look(ProcessHandle jvm) throws Exception {
        List<RunProcess> run = new ArrayList<>(RunProcess.of(jvm));
        remains.add(run);
        if (!node().isEmpty()) {
            List<RunProcess> inNode = RunProcess.ofContainer(node());
            remains.addNode(inNode);
            run.addAll(inNode);
        }
        return run;
    }

    /** The container of the node; empty while there is none. */
    private String node() {
        Matcher said = NODE.matcher(String.join("\n", output));
        return said.find() ? said.group(1) : "";
    }

    /** Look on for a while, or until the JVM's end. */
    private void watch(ProcessHandle jvm, Duration atMost) throws Exception {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (jvm.isAlive() && System.nanoTime() < deadline) {
            look(jvm);
            Thread.sleep(Math.max(1, Math.min(100, (deadline - System.nanoTime()) / 1_000_000)));
        }
    }

    /** Wait until nothing is left, and say for how long something was; -1 if for ever. */
    private long settle() throws Exception {
        long start = System.nanoTime();
        while (System.nanoTime() - start < Duration.ofSeconds(20).toNanos()) {
            if (remains.left().isEmpty() && (victim == Victim.JVM || node().isEmpty() || !Node.exists(node()))) {
                return (System.nanoTime() - start) / 1_000_000;
            }
            Thread.sleep(50);
        }
        return -1;
    }

    private Outcome judge(Path report, String what, long killed, boolean ended, long leftMillis, String text)
            throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        Path file = reported(report);
        JsonNode json = file == null ? null : new ObjectMapper().readTree(file.toFile());
        String outcome = json == null ? "-" : json.get("outcome").asText();
        boolean green = text.contains(" 0 tests failed") && text.contains(" 0 containers failed");
        String words = json == null ? text : json.get("summary") + " " + json.get("notes");
        if (what.equals("none") && victim != Victim.KUBELET) {
            wrong.add("there was no such process");
        }
        if (!ended) {
            wrong.add("the JVM did not end within " + ENDS.toMinutes() + " minutes");
        }
        if (outcome.equals("FAILED") && !victim.isPod()) {
            wrong.add("the service was blamed: " + words);
        }
        if (victim.isPod()
                && json != null
                && !outcome.equals("PASSED")
                && !PodEndsIT.isNamedFirst(json.get("summary").asText())) {
            wrong.add("its end is not what the verdict begins with: " + words);
        }
        if (victim.isOurs() && killed != Long.MAX_VALUE) {
            boolean inTime = file == null
                    || killed + NOTICED.toMillis()
                            < Files.getLastModifiedTime(file).toMillis();
            if (!green && !victim.isNamedIn(json == null || outcome.equals("PASSED") ? text : words)) {
                wrong.add("not named: " + (json == null ? tail(text) : words));
            }
            if (green && inTime) {
                wrong.add("not noticed: green");
            }
        }
        long limit = experiment == KillCases.GoDelayTestCase.class ? 5000 : 1000;
        if (leftMillis < 0 || leftMillis > 2 * limit) { // this machine may be busy: the figure is in the table
            wrong.add("left behind: " + (leftMillis < 0 ? remains.left() : leftMillis + " ms"));
        }
        String summary = json == null ? "" : json.get("summary").toString();
        return new Outcome(this, what, outcome, leftMillis, summary, wrong);
    }

    private static @Nullable Path reported(Path report) throws IOException {
        try (Stream<Path> files = Files.walk(report)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(RandomKill::isInjected)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** An experiment that was refused has a row in the report, and no verdict on anything. */
    private static boolean isInjected(Path result) {
        try {
            return !Files.readString(result).contains("\"summary\" : \"Nothing was injected: ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 2000));
    }
}

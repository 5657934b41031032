// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.fault.Calls;
import dev.chaosjunit.fault.Chance;
import dev.chaosjunit.fault.GoDelay;
import dev.chaosjunit.fault.GoSite;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringFault;
import dev.chaosjunit.fault.IoUringOperation;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.NetworkLoss;
import dev.chaosjunit.fault.Share;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.OlderConnections;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.ShareReached;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The witness of a fault")
class WitnessTests {
    private static final Injection DNS = SampleInjections.dns(Duration.ofSeconds(1));
    private static final Injection DELAY = SampleInjections.delay(Duration.ofSeconds(1));

    private static final String NOTHING_HIT = "ok seen=0 matched=0 hit=0 bytes=0 t_on_ns=1 t_first_hit_ns=0 t_off_ns=2"
            + " t_first_clean_ns=0 expired=0 answered=0 dropped=0 reset=0 hit_tcp=0 passed_tcp=0 names=";
    private static final String NOTHING_OLDER =
            " hit_a=0 hit_aaaa=0 addresses=1 older=0 kept= kept_connections= closed="
                    + " unclosed=0 older_errno=0 asked_before=";

    private final FakeHelper helper = new FakeHelper();

    @Test
    @DisplayName("has the helper's counters, and times in milliseconds")
    void counters() {
        FaultResult witness = witness(DELAY);

        assertThat(witness.fault()).isEqualTo(DELAY.fault().describe());
        assertThat(witness.instance()).isEqualTo("p-0");
        assertThat(witness.counters()).isEqualTo(new FaultResult.Counters(10, 8, 5, 500, 0));
        assertThat(witness.onToFirstHitMs()).isEqualTo(1.5);
        assertThat(witness.witness()).isEqualTo(Outcome.PASSED);
    }

    @Test
    @DisplayName("names the node of a pod that is in a cluster, and none on this machine")
    void node() {
        Instance pod = SampleInjections.POD;
        Instance there = new Instance(
                pod.name(),
                pod.uid(),
                pod.workload(),
                pod.labels(),
                pod.address(),
                new Handle.Container("node-2", "3f2a"),
                pod.device(),
                pod.ports());

        assertThat(witness(SampleInjections.of(DELAY.fault(), there)).place()).isEqualTo("p-0 on node-2");
        assertThat(witness(DELAY).place()).isEqualTo("p-0");
    }

    @Test
    @DisplayName("has what was timed in the process meanwhile")
    void meanwhile() {
        helper.reply("stats", NOTHING_HIT + NOTHING_OLDER + " sched_before_hist=4:1 sched_hist=8:2");

        assertThat(witness(DNS).meanwhileUs())
                .isEqualTo(Map.of(
                        "scheduler latency before the fault", Map.of(4L, 1L),
                        "scheduler latency during the fault", Map.of(8L, 2L)));
    }

    @Test
    @DisplayName("knows how long the fault was on, and while it is, how long it is to be")
    void window() {
        Injection held = SampleInjections.of(
                new GoDelay(
                        DELAY.fault().selection(),
                        Duration.ofSeconds(1),
                        new GoSite("main.f", "", ""),
                        new Latency(Duration.ofMillis(1)),
                        Calls.ALL),
                SampleInjections.POD);
        String spinning = " unfit=0 delay_hist= err_hist= processors=2 none_left_us=30000";
        helper.reply("stats", NOTHING_HIT.replace("t_off_ns=2", "t_off_ns=60000001") + spinning);
        assertThat(cause(held)).isEqualTo("held calls kept all 2 processors of p-0 for 50 % of its time");
        helper.reply("stats", NOTHING_HIT.replace("t_off_ns=2", "t_off_ns=0") + spinning);
        assertThat(cause(held)).isEqualTo("held calls kept all 2 processors of p-0 for 3 % of its time");
    }

    @Test
    @DisplayName("has no time of what never came")
    void never() {
        assertThat(witness(DELAY).offToFirstCleanMs()).isNull();
    }

    @Test
    @DisplayName("of a delay without jitter is as fine as its errors are; with jitter it is as the helper counts it")
    void fine() {
        String hits = NOTHING_HIT.replace("hit=0", "hit=6");
        String late = " unfit=0 delay_hist=294912:6 err_hist=7:4,1728:2 processors=2 none_left_us=0";
        helper.reply("stats", hits + late);

        assertThat(witness(goDelay(Duration.ZERO)).delayHistogramUs()).isEqualTo(Map.of(300_007L, 4L, 301_728L, 2L));
        assertThat(witness(goDelay(Duration.ofMillis(20))).delayHistogramUs()).isEqualTo(Map.of(294_912L, 6L));
    }

    private static Injection goDelay(Duration jitter) {
        return SampleInjections.of(
                new GoDelay(
                        DELAY.fault().selection(),
                        Duration.ofSeconds(1),
                        new GoSite("main.f", "", ""),
                        new Latency(Duration.ofMillis(300), jitter),
                        Calls.ALL),
                SampleInjections.POD);
    }

    @Test
    @DisplayName("of a delay has its histograms, and the peers it saw")
    void delay() {
        FaultResult witness = witness(DELAY);

        assertThat(witness.requestedDelayMs()).isEqualTo(500.0);
        assertThat(witness.delayHistogramUs()).isEqualTo(Map.of(500_000L, 4L, 500_100L, 1L));
        assertThat(witness.errorHistogramUs()).isEqualTo(Map.of(0L, 4L, 100L, 1L));
        assertThat(witness.sawInstead()).isEqualTo(Map.of("198.18.0.9", 10L));
        assertThat(witness.detail())
                .isEqualTo("captured 5, sent 5, refused by a full queue 1, passed undelayed 5, send errors 0,"
                        + " real-time thread yes");
    }

    @Test
    @DisplayName("of a DNS fault has the names it saw, and no delay")
    void dns() {
        FaultResult witness = witness(DNS);

        assertThat(witness.requestedDelayMs()).isNull();
        assertThat(witness.delayHistogramUs()).isEmpty();
        assertThat(witness.sawInstead()).isEqualTo(Map.of("a.b/A", 7L, "c.d/A", 3L));
        assertThat(witness.detail()).isEqualTo("answered 5, dropped 0, let by as the helper stood still 3");
    }

    @Test
    @DisplayName("is inconclusive where nothing was hit, however much matched")
    void nothingHit() {
        helper.reply(
                "stats",
                "ok seen=10 matched=8 hit=0 bytes=0 t_on_ns=1 t_first_hit_ns=0 t_off_ns=2"
                        + " t_first_clean_ns=0 expired=0 answered=0 dropped=0 reset=0 hit_tcp=0 passed_tcp=0"
                        + " names=c.d/A:10" + NOTHING_OLDER);

        FaultResult witness = witness(DNS);

        assertThat(witness.witness()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(witness.onToFirstHitMs()).isNull();
        assertThat(witness.sawInstead()).containsOnlyKeys("c.d/A");
    }

    @Test
    @DisplayName("names the mechanisms that were refused, before what the kind has to say")
    void refusedMechanisms() {
        helper.reply("attach", "ok mechanism=m refused=registers:%20no;%20tracer:%20traced%20by%20process%207");

        assertThat(witness(DELAY).detail()).startsWith("not by registers: no; tracer: traced by process 7; captured 5");
    }

    @Test
    @DisplayName("is inconclusive where probes were hit and nobody else, though packets were")
    void probesOnly() {
        Duration second = Duration.ofSeconds(1);
        Probing probing = new Probing(List.of(Probing.GATEWAY), List.of(new Probing.Probe(8080, second, second)), true);
        Injection probed = SampleInjections.of(DELAY.fault(), DELAY.instances().get(0), 1, probing);
        String stats = "ok seen=10 matched=8 hit=8 bytes=500 expired=0 t_on_ns=1 t_first_hit_ns=2 t_off_ns=1000000001"
                + " t_first_clean_ns=0 captured=8 sent=8 send_errors=0 full=0 skipped=0 rt=yes err_hist= delay_hist="
                + " peers=10.42.0.1:40000/tcp:8 probe_connections=10.42.0.1:8080/tcp:2,[fd00::1]:8080/tcp:1";
        helper.reply("stats", stats + " probe_packets=8");

        assertThat(witness(probed).witness()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(witness(probed).probes())
                .isEqualTo("hit probes only: 2 connections from 10.42.0.1 to port 8080, 1 connection from [fd00::1] to"
                        + " port 8080, at most 3 probes due");
        helper.reply("stats", stats + " probe_packets=7");
        assertThat(witness(probed).witness()).isEqualTo(Outcome.PASSED);
        assertThat(witness(probed).probes()).startsWith("hit probes, too: 2 connections");
    }

    @Test
    @DisplayName("of a DNS fault counts the queries of one lookup for both families once")
    void lookups() {
        assertThat(witness(DNS).counters()).isEqualTo(new FaultResult.Counters(10, 8, 5, 500, 0, null, 3));
        assertThat(witness(DELAY).counters()).isEqualTo(new FaultResult.Counters(10, 8, 5, 500, 0, null, 5));
    }

    @Test
    @DisplayName("of a DNS fault has what went on over older connections, which is a hit where the test allows it")
    void older() {
        String kept = NOTHING_OLDER.replace(
                "kept= kept_connections=", "kept=10.43.0.7:80/tcp:34 kept_connections=10.43.0.7:80/tcp:2");
        helper.reply("stats", NOTHING_HIT + kept);

        FaultResult refused = witness(DNS);
        assertThat(refused.witness()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(refused.older())
                .isEqualTo(new OlderConnections(
                        true, 0, Map.of("10.43.0.7:80/tcp", 34L), Map.of("10.43.0.7:80/tcp", 2L), Map.of(), false, ""));
        FaultResult allowed = witness(SampleInjections.allowed(Duration.ofSeconds(1)));
        assertThat(allowed.witness()).isEqualTo(Outcome.PASSED);
        helper.reply("stats", NOTHING_HIT + NOTHING_OLDER);
        assertThat(witness(SampleInjections.allowed(Duration.ofSeconds(1))).witness())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    @DisplayName("of a DNS fault says why it cannot tell what is older")
    void cannotBeTold() {
        helper.reply("stats", NOTHING_HIT + NOTHING_OLDER.replace("addresses=1", "addresses=0"));
        helper.reply("attach", "ok mechanism=m older=yes nonexistent= unanswered=a.b");
        assertThat(witness(DNS).older()).satisfies(older -> {
            assertThat(older.told()).isFalse();
            assertThat(older.detail())
                    .isEqualTo("no address of its names is known: the pod's resolver did not answer for a.b");
        });
        helper.reply("attach", "ok mechanism=m older=no:ENOENT:listing%20TCP%20sockets:%20no nonexistent= unanswered=");
        assertThat(witness(DNS).older())
                .satisfies(older -> assertThat(older.detail())
                        .isEqualTo("its connections cannot be listed: listing TCP sockets: no"));
    }

    @Test
    @DisplayName("of a DNS fault that hit nothing names what does not exist, what was asked instead, and what there is")
    void nearMisses() {
        helper.reply("attach", "ok mechanism=m older=yes nonexistent=a.b unanswered=");
        helper.reply(
                "stats", NOTHING_HIT + "x.y/A:1" + NOTHING_OLDER + "a.team/A:4,a.team/AAAA:4,a.b.team/A:4,c.d/A:2");
        Injection injection = new Injection(
                DNS.fault(), List.of(), new NamedServices(List.of(), List.of("a.shop", "z.shop")), DNS.targets());

        assertThat(witness(injection).hint())
                .isEqualTo(
                        "a.b does not exist for the pod's resolver; it asked for a.team instead; the manifests have a"
                                + " Service a.shop");
        helper.reply("stats", NOTHING_HIT + NOTHING_OLDER + "c.d/A:2");
        helper.reply("attach", "ok mechanism=m older=yes nonexistent= unanswered=");
        assertThat(witness(DNS).hint()).isEqualTo("before the fault it asked for c.d");
    }

    @Test
    @DisplayName("of an io_uring fault that hit nothing says so of a program that makes no rings, where that is seen")
    void noRings() {
        Injection reads = SampleInjections.of(
                new IoUringFault(
                        DELAY.fault().selection(),
                        Duration.ofSeconds(1),
                        IoUringOperation.READ,
                        IoUringAction.DROP,
                        Optional.empty(),
                        Optional.empty(),
                        Calls.ALL),
                SampleInjections.POD);
        helper.reply("stats", NOTHING_HIT + " skipped=0 taken=0 held=0 rings=0");
        assertThat(witness(reads).hint()).contains("this program makes no rings");
        helper.reply("stats", NOTHING_HIT + " skipped=0 taken=0 held=0 rings=1");
        assertThat(witness(reads).hint()).isEmpty();
        helper.reply("stats", NOTHING_HIT);
        assertThat(witness(reads).hint()).isEmpty();
    }

    @Test
    @DisplayName("tells how many connections were closed as it began")
    void closed() {
        helper.reply("on", "ok t_on_ns=1 closed=3");
        ActiveFault fault = injector().attach(List.of(DNS)).get(0);
        assertThat(fault.cuts()).isEmpty();
        fault.on();
        assertThat(fault.cuts()).extracting(Cut::pod, Cut::connections).containsExactly(tuple("p-0", 3L));
    }

    @Test
    @DisplayName("keeps what was drained when the fault is switched off a second time")
    void drained() {
        ActiveFault fault = injector().attach(List.of(DELAY)).get(0);
        fault.on();
        fault.off();
        helper.reply("off", "ok drained=0");
        fault.off();

        assertThat(fault.witnesses().get(0).counters()).isEqualTo(new FaultResult.Counters(10, 8, 5, 500, 3));
    }

    private String cause(Injection injection) {
        return Objects.requireNonNull(witness(injection).sideEffect()).cause();
    }

    @Test
    @DisplayName("of a share has what was reached of it, once something was drawn")
    void share() {
        Injection loss = SampleInjections.of(
                new NetworkLoss(
                        DELAY.fault().selection(), Duration.ofSeconds(1), new Chance(new Percent(0.1)), Traffic.SENT),
                SampleInjections.POD);
        helper.reply("stats", NOTHING_HIT + " peers= drawn=0");
        assertThat(witness(loss).share()).isNull();
        helper.reply("stats", NOTHING_HIT.replace("hit=0", "hit=90") + " peers= drawn=1000");
        assertThat(witness(loss).share()).isEqualTo(ShareReached.of(new Share(new Percent(0.1)), 90, 1000));
    }

    private Injector injector() {
        return new HelperInjector(new FixedCluster(List.of(), List.of()), node -> helper);
    }

    private FaultResult witness(Injection injection) {
        return injector().attach(List.of(injection)).get(0).witnesses().get(0);
    }
}

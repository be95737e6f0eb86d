package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.publish.PartitionedTarget.DATA_SET;
import static com.omc.flywheel.common.publish.PartitionedTarget.NOVEMBER;
import static com.omc.flywheel.common.publish.PartitionedTarget.OCTOBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.Manifest.Superseded;
import com.omc.flywheel.common.publish.SteppedStore.Step;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replaced versions and old snapshots are deleted, stopped at every call, and what the next run makes of it. */
class EveryMaintenanceCallFailsTest {
    private static final String MAINTENANCE = "prepare-part-tables";
    private static final Step NOTHING = call -> {};

    private final PartitionedTarget lake = new PartitionedTarget();

    private enum Mode {
        /** The call fails and has no effect. */
        FAILS,
        /** The call has its effect, and its answer is lost. */
        ANSWER_IS_LOST,
        /** The process is gone, or the store is. */
        NOTHING_WORKS_ANY_MORE;

        SteppedStore way(PartitionedTarget lake, int call, Step check, boolean lastDeletedFirst) {
            Step before = number ->
                    failIf((this == FAILS && number == call) || (this == NOTHING_WORKS_ANY_MORE && number >= call));
            Step after = number -> {
                check.at(number);
                failIf(this == ANSWER_IS_LOST && number == call);
            };
            return new SteppedStore(lake.store(), before, after, lastDeletedFirst);
        }

        private static void failIf(boolean fails) {
            if (fails) {
                throw new JobFailure(FailureKind.SERVICE, "no answer");
            }
        }
    }

    @BeforeEach
    void writeSnapshots() {
        write(lake);
    }

    /** October, replaced twice; November, replaced twice. */
    private static void write(PartitionedTarget lake) {
        lake.publish(OCTOBER, 2, 0, "IBE_01");
        lake.publish(OCTOBER, 3, 0, "IBE_01");
        lake.publish(OCTOBER, 4, 0, "IBE_01");
        lake.publish(NOVEMBER, 5, 0, "IBE_01");
        lake.publish(NOVEMBER, 6, 0, "IBE_01");
        lake.publish(NOVEMBER, 7, 0, "IBE_01");
    }

    /** Deletes what was replaced before the last time, then the snapshots that are to go. */
    private static void maintain(SteppedStore way, PartitionedTarget lake, int run, SnapshotDate... leaving) {
        try (HeldDataSet held = lake.hold(way, run)) {
            for (Manifest manifest : held.manifests()) {
                List<Superseded> unreachable = unreachable(manifest);
                if (!unreachable.isEmpty()) {
                    held.deleteSuperseded(MAINTENANCE, manifest, unreachable);
                }
            }
            for (Manifest manifest : held.manifests()) {
                if (Set.of(leaving).contains(manifest.snapshotDt())) {
                    held.retire(manifest);
                }
            }
        }
    }

    private static List<Superseded> unreachable(Manifest manifest) {
        return manifest.superseded().stream()
                .filter(version -> !version.replacedBy()
                        .equals(manifest.table(version.folder()).orElseThrow().runId()))
                .toList();
    }

    private static SteppedStore way(PartitionedTarget lake) {
        return new SteppedStore(lake.store(), NOTHING, NOTHING);
    }

    static Stream<Arguments> everyCall() {
        PartitionedTarget lake = new PartitionedTarget();
        write(lake);
        SteppedStore way = way(lake);
        maintain(way, lake, 8, OCTOBER);
        return Arrays.stream(Mode.values())
                .flatMap(mode -> IntStream.rangeClosed(1, way.calls().size())
                        .boxed()
                        .flatMap(call -> mode == Mode.NOTHING_WORKS_ANY_MORE
                                ? Stream.of(Arguments.of(mode, call, false), Arguments.of(mode, call, true))
                                : Stream.of(Arguments.of(mode, call, false))));
    }

    @ParameterizedTest
    @MethodSource("everyCall")
    void convergesWhereverItIsStopped(Mode mode, int call, boolean lastDeletedFirst) {
        SteppedStore stopped = mode.way(lake, call, number -> assertNovemberIsWhole(), lastDeletedFirst);
        try {
            maintain(stopped, lake, 8, OCTOBER);
        } catch (JobFailure e) {
            assertThat(e).hasMessageContaining("SERVICE: no answer");
        }
        assertThat(stopped.calls()).hasSizeGreaterThanOrEqualTo(call);
        assertNovemberIsWhole();

        lake.untilTheLeaseIsOver();
        maintain(way(lake), lake, 9, OCTOBER);

        assertOnlyNovemberIsLeft();
        SteppedStore again = new SteppedStore(lake.store(), NOTHING, NOTHING);
        maintain(again, lake, 9, OCTOBER);
        assertOnlyNovemberIsLeft();
        assertThat(again.calls()).noneMatch(made -> made.startsWith("delete") && made.contains(".parquet"));
        lake.publish(NOVEMBER, 9, 0, "IBE_01");
        assertThat(lake.journal()).containsExactly(PartitionedTarget.run(9) + "/done.json");
    }

    @Test
    void keepsTheVersionThatWasReplacedLastAndSaysSoInTheManifest() {
        maintain(way(lake), lake, 8);

        List<Manifest> held = lake.manifests();
        assertThat(held).extracting(Manifest::snapshotDt).containsExactly(OCTOBER, NOVEMBER);
        assertThat(held.get(1).superseded()).extracting(Superseded::replacedBy).containsOnly(PartitionedTarget.run(7));
        assertThat(lake.dataFiles())
                .containsExactlyInAnyOrderElementsOf(held.stream()
                        .flatMap(EveryMaintenanceCallFailsTest::keys)
                        .toList())
                .anyMatch(key -> key.contains(PartitionedTarget.run(6).value()))
                .noneMatch(key -> key.contains(PartitionedTarget.run(5).value()))
                .noneMatch(key -> key.contains(PartitionedTarget.run(2).value()));
    }

    /** A mark of an earlier version that stayed would bring the snapshot back into the manifests, without its files. */
    @Test
    void forgetsEveryMarkOfASnapshotWhoseVersionsWereDeletedBeforeIt() {
        maintain(way(lake), lake, 8, OCTOBER);

        assertThat(lake.journal()).hasSize(1);
        try (HeldDataSet held = lake.hold(9)) {
            assertThat(held.manifests()).extracting(Manifest::snapshotDt).containsExactly(NOVEMBER);
        }
        assertOnlyNovemberIsLeft();
    }

    @Test
    void leavesOneMarkForEachSnapshotWhateverWasDeletedOfIt() {
        maintain(way(lake), lake, 8);

        assertThat(lake.journal()).hasSize(2).allMatch(mark -> mark.endsWith("/done.json"));
    }

    @Test
    void neverRetiresTheNewestSnapshot() {
        try (HeldDataSet held = lake.hold(8)) {
            Manifest newest = held.manifests().get(1);
            assertThatThrownBy(() -> held.retire(newest))
                    .isInstanceOf(JobFailure.class)
                    .hasMessage(
                            "BAD_ARGUMENT: snapshot 2025-11-01 is the newest of %s and stays; keep at least one snapshot",
                            DATA_SET.root());
        }
        assertNovemberIsWhole();
    }

    @Test
    void canBeWrittenAgainAfterwards() {
        maintain(way(lake), lake, 8, OCTOBER);

        Manifest again = lake.publish(OCTOBER, 9, 0, "IBE_01");

        assertThat(again.table("IBE_01").orElseThrow().location()).isEqualTo("IBE_01/snapshot_dt=2025-10-01/");
        assertThat(lake.manifests()).hasSize(2).contains(again);
    }

    private static Stream<String> keys(Manifest manifest) {
        return Stream.concat(manifest.keys().stream(), manifest.supersededKeys().stream());
    }

    /** What readers have now, and what those have who began before it was switched. */
    private void assertNovemberIsWhole() {
        Set<String> stored = new HashSet<>(lake.dataFiles());
        for (int run : List.of(6, 7)) {
            assertThat(stored.stream()
                            .filter(key ->
                                    key.contains(PartitionedTarget.run(run).value())))
                    .as("files of run %d", run)
                    .hasSize(2);
        }
    }

    private void assertOnlyNovemberIsLeft() {
        assertNovemberIsWhole();
        List<Manifest> held = lake.manifests();
        assertThat(held).extracting(Manifest::snapshotDt).containsExactly(NOVEMBER);
        assertThat(new TreeSet<>(lake.dataFiles()))
                .isEqualTo(new TreeSet<>(keys(held.get(0)).toList()));
        assertThat(lake.store().objects())
                .filteredOn(uri -> uri.contains("/_flywheel/manifests/"))
                .containsExactly(DATA_SET.manifest(NOVEMBER).toString());
        assertThat(new DataSetPublisher(lake.store(), DATA_SET, PartitionedTarget.clock()).current())
                .isEqualTo(Optional.of(held.get(0)));
    }
}

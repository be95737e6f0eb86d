package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.publish.InMemoryTarget.CLOCK;
import static com.omc.flywheel.common.publish.InMemoryTarget.DATA_SET;
import static com.omc.flywheel.common.publish.InMemoryTarget.ROOT;
import static com.omc.flywheel.common.publish.Manifests.BUCKETING;
import static com.omc.flywheel.common.publish.Manifests.FINGERPRINT;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.JOB;
import static com.omc.flywheel.common.publish.Manifests.KEY_LIMITS;
import static com.omc.flywheel.common.publish.Manifests.MAPPING;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.THIRD;
import static com.omc.flywheel.common.publish.Manifests.WRITTEN;
import static com.omc.flywheel.common.publish.Manifests.all;
import static com.omc.flywheel.common.publish.Manifests.some;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.publish.JournalMark.Prepared;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.Written;
import com.omc.flywheel.common.publish.RunContent.KeyLimits;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a run has nothing to do. */
class AlreadyPublishedTest {
    private static final RunContent CONTENT = all(NOVEMBER, "IBE_01", "IBE_02");

    private final InMemoryTarget lake = new InMemoryTarget();

    private Optional<Manifest> check(RunContent content) {
        return lake.publisher.check(content, false);
    }

    @Test
    void isTrueOfTheSameContentAndChangesNothing() {
        Manifest manifest = lake.publish(CONTENT, FIRST, false);
        int before = lake.store.calls().size();

        assertThat(check(CONTENT)).contains(manifest);
        assertThat(check(all(NOVEMBER, "IBE_02", "IBE_01"))).contains(manifest);
        assertThat(lake.store.calls().subList(before, lake.store.calls().size()))
                .allMatch(call -> call.startsWith("list ") || call.startsWith("read "));
    }

    @Test
    void isAskedAgainWhenNobodyElseWrites() {
        Manifest manifest = lake.publish(CONTENT, FIRST, false);
        try (HeldDataSet held = lake.hold(SECOND)) {
            assertThat(held.check(CONTENT, false)).contains(manifest);
        }
    }

    static Stream<RunContent> others() {
        List<String> folders = CONTENT.folders();
        return Stream.of(
                all(OCTOBER, "IBE_01", "IBE_02"),
                all(NOVEMBER, "IBE_01"),
                new RunContent(
                        JOB,
                        Layout.CLUSTERED,
                        NOVEMBER,
                        FINGERPRINT,
                        MAPPING,
                        BUCKETING,
                        WRITTEN,
                        new KeyLimits(0, 2),
                        folders,
                        false,
                        false),
                new RunContent(
                        JOB,
                        Layout.CLUSTERED,
                        NOVEMBER,
                        FINGERPRINT,
                        MAPPING,
                        BUCKETING,
                        WRITTEN,
                        new KeyLimits(1, 1),
                        folders,
                        false,
                        false),
                all(NOVEMBER, "IBE_01", "IBE_03"),
                all(NOVEMBER, "IBE_01", "IBE_02", "IBE_03"),
                new RunContent(
                        JOB,
                        Layout.CLUSTERED,
                        NOVEMBER,
                        "another",
                        MAPPING,
                        BUCKETING,
                        WRITTEN,
                        KEY_LIMITS,
                        folders,
                        false,
                        false),
                new RunContent(
                        JOB,
                        Layout.CLUSTERED,
                        NOVEMBER,
                        FINGERPRINT,
                        "another",
                        BUCKETING,
                        WRITTEN,
                        KEY_LIMITS,
                        folders,
                        false,
                        false),
                new RunContent(
                        JOB,
                        Layout.CLUSTERED,
                        NOVEMBER,
                        FINGERPRINT,
                        MAPPING,
                        new Bucketing("customer_user_id", 128, Bucketing.HIVE_V1),
                        WRITTEN,
                        KEY_LIMITS,
                        folders,
                        false,
                        false),
                new RunContent(
                        JOB,
                        Layout.CLUSTERED,
                        NOVEMBER,
                        FINGERPRINT,
                        MAPPING,
                        BUCKETING,
                        new Written(1024, ""),
                        KEY_LIMITS,
                        folders,
                        false,
                        false),
                new RunContent(
                        JOB,
                        Layout.CLUSTERED,
                        NOVEMBER,
                        FINGERPRINT,
                        MAPPING,
                        BUCKETING,
                        new Written(WRITTEN.targetFileBytes(), "alias/lake"),
                        KEY_LIMITS,
                        folders,
                        false,
                        false));
    }

    @ParameterizedTest
    @MethodSource("others")
    void isFalseOfOtherContent(RunContent other) {
        lake.publish(CONTENT, FIRST, false);

        assertThat(check(other)).isEmpty();
    }

    @Test
    void isTrueOfSomeTablesThatAreThere() {
        Manifest manifest = lake.publish(CONTENT, FIRST, false);

        assertThat(check(some(NOVEMBER, "IBE_02"))).contains(manifest);
        assertThat(check(some(NOVEMBER, "IBE_03"))).isEmpty();
    }

    @Test
    void isTrueOfTheWholeWhenItWasWrittenInParts() {
        lake.publish(some(NOVEMBER, "IBE_01"), FIRST, false);
        Manifest manifest = lake.publish(some(NOVEMBER, "IBE_02"), SECOND, false);

        assertThat(check(CONTENT)).contains(manifest);
    }

    @Test
    void isFalseWhenAFileIsGone() {
        Manifest manifest = lake.publish(CONTENT, FIRST, false);
        lake.store.delete(List.of(S3Uri.parse(ROOT + manifest.keys().get(3))));

        assertThat(check(CONTENT)).isEmpty();
        assertThat(check(some(NOVEMBER, "IBE_01"))).isEmpty();
    }

    @Test
    void isFalseWhenAFileHoldsSomethingElse() {
        Manifest manifest = lake.publish(CONTENT, FIRST, false);
        lake.store.put(ROOT + manifest.keys().get(0), "y".repeat(100));

        assertThat(check(CONTENT)).isEmpty();
    }

    @Test
    void isFalseWhenAForeignFileIsThereWhichIsRefused() {
        lake.publish(CONTENT, FIRST, false);
        lake.store.put(ROOT + "IBE_01/foreign.parquet", "x");

        assertFails(FailureKind.CONFLICT, () -> check(CONTENT)).hasMessageContaining("IBE_01/foreign.parquet");
        assertThat(lake.publisher.check(CONTENT, true)).isEmpty();
    }

    @Test
    void isFalseOfAnotherJobWhichIsRefused() {
        lake.publish(CONTENT, FIRST, false);
        RunContent another = new RunContent(
                "copy",
                Layout.CLUSTERED,
                NOVEMBER,
                FINGERPRINT,
                MAPPING,
                BUCKETING,
                WRITTEN,
                KEY_LIMITS,
                CONTENT.folders(),
                false,
                false);

        assertFails(FailureKind.CONFLICT, () -> check(another))
                .hasMessageContaining("is the data set of the job infobase-split-and-bucket, and copy would replace");
    }

    @Test
    void isFalseWhileAnotherRunIsUnfinished() {
        Manifest manifest = lake.publish(CONTENT, FIRST, false);
        new Journal(lake.store, DATA_SET)
                .write(new Prepared(
                        JournalMark.FORMAT_VERSION,
                        SECOND,
                        3,
                        JOB,
                        CLOCK.instant(),
                        Layout.CLUSTERED,
                        NOVEMBER,
                        CONTENT.folders()));

        assertThat(check(CONTENT)).isEmpty();
        try (HeldDataSet held = lake.hold(THIRD)) {
            assertThat(held.check(CONTENT, false)).contains(manifest);
        }
    }

    @Test
    void passesOverFilesOfARunThatIsUnfinished() {
        lake.publish(CONTENT, FIRST, false);
        new Journal(lake.store, DATA_SET)
                .write(new Prepared(
                        JournalMark.FORMAT_VERSION,
                        SECOND,
                        3,
                        JOB,
                        CLOCK.instant(),
                        Layout.CLUSTERED,
                        NOVEMBER,
                        CONTENT.folders()));
        lake.store.put(ROOT + "IBE_01/new.parquet", "x");

        assertThat(check(CONTENT)).isEmpty();
        assertFails(FailureKind.CONFLICT, () -> {
                    try (HeldDataSet held = lake.hold(THIRD)) {
                        held.check(CONTENT, false);
                    }
                })
                .hasMessageContaining("IBE_01/new.parquet");
    }

    @Test
    void isFalseUntilTheDataSetIsDescribedAgain() {
        Manifest manifest = lake.publish(CONTENT, FIRST, false);
        for (S3Uri description :
                List.of(DATA_SET.current(), DATA_SET.manifest(NOVEMBER), DATA_SET.snapshotDateFile(Layout.CLUSTERED))) {
            lake.store.delete(List.of(description));

            assertThat(check(CONTENT)).isEmpty();
            assertThat(lake.runJob(lake.store, CONTENT, SECOND)).isEqualTo(manifest);
            lake.assertAtRest(manifest);
        }
    }
}

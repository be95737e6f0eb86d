package com.omc.flywheel.common.snapshot;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.snapshot.ExecutionSnapshot.Resolved;
import com.omc.flywheel.common.snapshot.SnapshotChoice.Chosen;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionSnapshotTest {
    private static final S3Uri RUNS = S3Uri.parse("s3://lake/runs");
    private static final String FILE = "s3://lake/runs/nightly-1/snapshot.json";
    private static final S3Uri WIDE = S3Uri.parse("s3://lake/wide/");
    private static final S3Uri IDS = S3Uri.parse("s3://lake/ids/");
    private static final SnapshotDate OCTOBER = SnapshotDate.parse("2025-10-01");
    private static final SnapshotDate NOVEMBER = SnapshotDate.parse("2025-11-01");

    private final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");

    @Test
    void writesTheFileThatTheStateMachineReads() {
        Resolved resolved = resolve(chosen(OCTOBER));

        assertThat(resolved.stood()).isFalse();
        assertThat(store.objects()).containsExactly(FILE);
        assertThat(store.text(FILE))
                .isEqualTo(
                        """
                        {
                          "format_version" : 1,
                          "snapshot_dt" : "2025-10-01",
                          "execution" : "nightly-1",
                          "decided_at" : "2025-11-05T12:00:00Z",
                          "sources" : [ {
                            "path" : "s3://lake/wide/",
                            "snapshot_dt" : "2025-10-01",
                            "newest" : "2025-11-01",
                            "files" : 3,
                            "bytes" : 123
                          }, {
                            "path" : "s3://lake/ids/",
                            "snapshot_dt" : "2025-10-01",
                            "newest" : "2025-11-01",
                            "files" : 1,
                            "bytes" : 4000000000
                          } ]
                        }
                        """);
    }

    @Test
    void letsADecisionStandAndAsksNobodyAgain() {
        Resolved first = resolve(chosen(OCTOBER));
        int calls = store.calls().size();

        Resolved again = resolve(ExecutionSnapshotTest::notAsked);

        assertThat(again).isEqualTo(new Resolved(S3Uri.parse(FILE), first.decision(), true));
        assertThat(store.calls().subList(calls, store.calls().size())).containsExactly("read " + FILE);
    }

    @Test
    void letsADecisionStandForTheSameSourcesInAnotherOrderAndTheSnapshotThatItNames() {
        resolve(chosen(OCTOBER));

        assertThat(snapshot("nightly-1")
                        .resolve(List.of(IDS, WIDE), Optional.of(OCTOBER), ExecutionSnapshotTest::notAsked)
                        .decision()
                        .date())
                .isEqualTo(OCTOBER);
    }

    @Test
    void decidesAnewForAnotherExecution() {
        resolve(chosen(OCTOBER));

        Resolved other = snapshot("nightly-2").resolve(List.of(WIDE, IDS), Optional.empty(), () -> chosen(NOVEMBER));

        assertThat(other.stood()).isFalse();
        assertThat(store.objects()).containsExactly(FILE, "s3://lake/runs/nightly-2/snapshot.json");
    }

    @Test
    void refusesADecisionThatIsNotWhatIsAskedForNow() {
        resolve(chosen(OCTOBER));
        String before = store.text(FILE);

        assertFails(FailureKind.CONFLICT, () -> snapshot("nightly-1")
                        .resolve(List.of(WIDE), Optional.of(NOVEMBER), ExecutionSnapshotTest::notAsked))
                .hasMessage(
                        """
                        CONFLICT: s3://lake/runs/nightly-1/snapshot.json does not say what is asked for now, and an execution reads one snapshot from its first step to its last; give the arguments that it was started with, or start a new execution:
                          - --SOURCE_PATHS are s3://lake/wide/, it was decided for s3://lake/ids/, s3://lake/wide/
                          - --SNAPSHOT_DT is 2025-11-01, 2025-10-01 was decided""");
        assertThat(store.text(FILE)).isEqualTo(before);
    }

    @Test
    void refusesADecisionThatWasCopiedFromAnotherExecution() {
        resolve(chosen(OCTOBER));
        store.put("s3://lake/runs/nightly-2/snapshot.json", store.text(FILE));

        assertFails(FailureKind.CONFLICT, () -> snapshot("nightly-2")
                        .resolve(List.of(WIDE, IDS), Optional.empty(), ExecutionSnapshotTest::notAsked))
                .hasMessageContaining("--EXECUTION is nightly-2, it says nightly-1");
    }

    @Test
    void takesTheDecisionOfARunThatWasFaster() {
        Resolved late = resolve(() -> {
            resolve(chosen(OCTOBER));
            return chosen(NOVEMBER);
        });

        assertThat(late.stood()).isTrue();
        assertThat(late.decision().date()).isEqualTo(OCTOBER);
        assertThat(store.text(FILE)).contains("\"snapshot_dt\" : \"2025-10-01\"");
    }

    @Test
    void refusesTheDecisionOfARunThatWasFasterWhenItIsAnother() {
        assertFails(FailureKind.CONFLICT, () -> snapshot("nightly-1")
                        .resolve(List.of(WIDE, IDS), Optional.of(NOVEMBER), () -> {
                            resolve(chosen(OCTOBER));
                            return chosen(NOVEMBER);
                        }))
                .hasMessageContaining("--SNAPSHOT_DT is 2025-11-01, 2025-10-01 was decided");
    }

    @Test
    void writesNothingWhenNothingCanBeChosen() {
        assertFails(
                        FailureKind.BAD_DATA,
                        () -> resolve(() -> {
                            throw new JobFailure(FailureKind.BAD_DATA, "the newest differ");
                        }))
                .hasMessage("BAD_DATA: the newest differ");
        assertThat(store.objects()).isEmpty();
    }

    @Test
    void leavesADecisionOfAnotherVersionAlone() {
        store.put(FILE, "{\"format_version\": 2, \"snapshot\": {}}");

        assertFails(FailureKind.CONFLICT, () -> resolve(ExecutionSnapshotTest::notAsked))
                .hasMessage(
                        "CONFLICT: s3://lake/runs/nightly-1/snapshot.json has the format version 2, this program knows 1; run the version that wrote it, or start a new execution");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"format_version\": 1}",
                "{\"format_version\": \"1\"}",
                "{\"snapshot_dt\": \"2025-10-01\"}"
            })
    void refusesWhatItDidNotWrite(String content) {
        store.put(FILE, content);

        assertFails(FailureKind.CONFLICT, () -> resolve(ExecutionSnapshotTest::notAsked))
                .hasMessageStartingWith(
                        "CONFLICT: s3://lake/runs/nightly-1/snapshot.json is not as this program writes it (")
                .hasMessageEndingWith("); move it away, or start a new execution");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"snapshot_dt\" : \"2025-10-01\"~\"snapshot_dt\" : 20251001",
                "\"snapshot_dt\" : \"2025-10-01\"~\"snapshot_dt\" : \"2025-10-32\"",
                "    \"snapshot_dt\" : \"2025-10-01\"~    \"snapshot_dt\" : \"2025-10-02\"",
                "\"newest\" : \"2025-11-01\"~\"newest\" : \"2025-09-01\"",
                "nightly-1~../other",
                "2025-11-05T12:00:00Z~yesterday",
                "s3://lake/wide/~/lake/wide/",
                "\"files\" : 3~\"files\" : 0",
                "\"files\" : 3~\"files\" : 3000000000",
                "\"files\" : 3~\"files\" : 3.5",
                "\"bytes\" : 123~\"bytes\" : -1",
                "\"sources\"~\"source\"",
                "} ]\n}~} ]\n} {}"
            })
    void refusesWhatSomebodyChanged(String change) {
        resolve(chosen(OCTOBER));
        String[] parts = change.split("~", -1);
        String written = store.text(FILE);
        String changed = written.replace(parts[0], parts[1]);
        assertThat(changed).isNotEqualTo(written);
        store.put(FILE, changed);

        assertFails(FailureKind.CONFLICT, () -> resolve(ExecutionSnapshotTest::notAsked))
                .hasMessageContaining("is not as this program writes it (");
    }

    private Resolved resolve(Chosen chosen) {
        return resolve(() -> chosen);
    }

    private Resolved resolve(Supplier<Chosen> choice) {
        return snapshot("nightly-1").resolve(List.of(WIDE, IDS), Optional.empty(), choice);
    }

    private ExecutionSnapshot snapshot(String execution) {
        Clock clock = Clock.fixed(Instant.parse("2025-11-05T12:00:00.123Z"), ZoneOffset.UTC);
        return new ExecutionSnapshot(store, clock, RUNS, new ExecutionName(execution));
    }

    private static Chosen chosen(SnapshotDate date) {
        return new Chosen(
                date,
                List.of(
                        new SourceSnapshot(WIDE, NOVEMBER, 3, 123),
                        new SourceSnapshot(IDS, NOVEMBER, 1, 4_000_000_000L)));
    }

    private static Chosen notAsked() {
        throw new AssertionError("a decision that is there stands");
    }
}

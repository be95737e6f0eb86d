package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.publish.InMemoryTarget.ROOT;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.DataSetPublisher.Target;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left when {@link DataSetPublisher} fails. */
class DataSetPublisherFailuresTest {
    private final InMemoryTarget lake = new InMemoryTarget();

    @Test
    void takesTheNewFilesBackWhenTheStoreShowsOtherSizes() {
        Manifest before = lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");
        List<String> objects = lake.store.objects();
        TableEntry first = table("IBE_01", SECOND, NOVEMBER);
        TableEntry second = table("IBE_02", SECOND, NOVEMBER);
        String cutOff = second.files().get(1).key();
        Target target = lake.prepare(NOVEMBER, false, "IBE_01", "IBE_02");

        assertFails(
                        FailureKind.CONFLICT,
                        () -> lake.publisher.publish(
                                target,
                                SECOND,
                                () -> {
                                    lake.upload(List.of(first, second));
                                    lake.store.put(ROOT + cutOff, "cut off");
                                },
                                List.of(first, second)))
                .hasMessage(
                        "CONFLICT: after the commit s3://lake/out/ does not show what was written: %s (7 instead of 101 bytes); something else writes there",
                        cutOff);
        assertThat(lake.store.objects()).isEqualTo(objects);
        assertThat(lake.publisher.current()).contains(before);
    }

    @Test
    void takesTheNewFilesBackWhenOneIsAbsent() {
        TableEntry written = table("IBE_01", FIRST, OCTOBER);
        String lost = written.files().get(0).key();
        Target target = lake.prepare(OCTOBER, false, "IBE_01");

        assertFails(
                        FailureKind.CONFLICT,
                        () -> lake.publisher.publish(
                                target,
                                FIRST,
                                () -> {
                                    lake.upload(List.of(written));
                                    lake.store.delete(List.of(S3Uri.parse(ROOT + lost)));
                                },
                                List.of(written)))
                .hasMessageContaining("%s (absent instead of 100 bytes)", lost);
        assertThat(lake.store.objects()).isEmpty();
        assertThat(lake.publisher.current()).isEmpty();
    }

    @Test
    void leavesTheOldStateWhenTheCommitFailsHalfWay() {
        Manifest before = lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");
        List<String> objects = lake.store.objects();
        TableEntry first = table("IBE_01", SECOND, NOVEMBER);
        TableEntry second = table("IBE_02", SECOND, NOVEMBER);
        JobFailure failure = new JobFailure(FailureKind.SERVICE, "completing an upload failed");
        Target target = lake.prepare(NOVEMBER, false, "IBE_01", "IBE_02");

        assertThatThrownBy(() -> lake.publisher.publish(
                        target,
                        SECOND,
                        () -> {
                            lake.upload(List.of(first));
                            throw failure;
                        },
                        List.of(first, second)))
                .isSameAs(failure)
                .hasMessage("SERVICE: completing an upload failed");
        assertThat(lake.store.objects()).isEqualTo(objects);
        assertThat(lake.publisher.current()).contains(before);
    }

    @Test
    void namesTheFirstFailureWhenTakingBackFailsToo() {
        TableEntry written = table("IBE_01", FIRST, OCTOBER);
        UncheckedIOException first = new UncheckedIOException(new IOException("the commit failed"));
        JobFailure second = new JobFailure(FailureKind.SERVICE, "the delete failed");
        Target target = lake.prepare(OCTOBER, false, "IBE_01");

        assertFails(
                        FailureKind.CONFLICT,
                        () -> lake.publisher.publish(
                                target,
                                FIRST,
                                () -> {
                                    lake.store.failCall(1, second);
                                    throw first;
                                },
                                List.of(written)))
                .hasMessage(
                        "CONFLICT: java.io.IOException: the commit failed; and its 2 new files could not be taken back (SERVICE: the delete failed): delete the files whose names hold the id of this run, "
                                + FIRST + ", from s3://lake/out/ before anyone reads it")
                .hasCause(first)
                .hasRootCauseMessage("the commit failed")
                .hasSuppressedException(second);
    }

    @Test
    void saysThatTheNewFilesAreCompleteWhenOldOnesCannotBeDeleted() {
        Manifest before = lake.publishAll(OCTOBER, FIRST, "IBE_01");
        TableEntry written = table("IBE_01", SECOND, NOVEMBER);
        JobFailure refused = new JobFailure(FailureKind.ACCESS_DENIED, "s3:DeleteObject was refused");
        Target target = lake.prepare(NOVEMBER, false, "IBE_01");

        assertFails(
                        FailureKind.CONFLICT,
                        () -> lake.publisher.publish(
                                target,
                                SECOND,
                                () -> {
                                    lake.upload(List.of(written));
                                    // The list that compares sizes is the call before it.
                                    lake.store.failCall(2, refused);
                                },
                                List.of(written)))
                .hasMessage(
                        "CONFLICT: the new files of s3://lake/out/ are complete, and old ones beside them could not be deleted: ACCESS_DENIED: s3:DeleteObject was refused; delete what s3://lake/out/_flywheel/current.json names for these tables, then the new files, and start again")
                .hasCause(refused);
        assertThat(lake.dataFiles()).hasSize(4);
        assertThat(lake.publisher.current()).contains(before);
    }

    static IntStream callsUntilTheNewFilesAreSeen() {
        InMemoryTarget trial = new InMemoryTarget();
        trial.publishAll(OCTOBER, FIRST, "IBE_01");
        int before = trial.store.calls().size();
        trial.publishAll(NOVEMBER, SECOND, "IBE_01");
        List<String> calls = trial.store.calls();
        int firstDelete = calls.indexOf("delete " + ROOT
                + table("IBE_01", FIRST, OCTOBER).files().get(0).key());
        return IntStream.rangeClosed(1, firstDelete - before);
    }

    @ParameterizedTest
    @MethodSource("callsUntilTheNewFilesAreSeen")
    void leavesTheOldStateWhicheverCallFailsUntilTheNewFilesAreSeen(int call) {
        Manifest before = lake.publishAll(OCTOBER, FIRST, "IBE_01");
        List<String> objects = lake.store.objects();
        JobFailure failure = new JobFailure(FailureKind.SERVICE, "no answer");
        lake.store.failCall(call, failure);

        assertThatThrownBy(() -> lake.publishAll(NOVEMBER, SECOND, "IBE_01"))
                .isSameAs(failure)
                .hasMessage("SERVICE: no answer");
        assertThat(lake.store.objects()).isEqualTo(objects);
        assertThat(lake.publisher.current()).contains(before);
    }
}

package com.omc.flywheel.sequence.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.storage.PendingUpload;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.sequence.faults.S3Call.Client;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultInterceptorTest {
    @TempDir
    static Path data;

    private static SmallLake lake;

    @BeforeAll
    static void startLake() {
        lake = new SmallLake(data);
    }

    @AfterAll
    static void stopLake() {
        lake.close();
    }

    @Test
    void standsUnderBothClients() throws IOException {
        try (InstalledFaults faults = Faults.none().install()) {
            write(SmallLake.ROOT.file("both-1"));
            writeByS3A(SmallLake.ROOT.file("both-2"));

            assertThat(faults.writes())
                    .containsExactly(
                            new S3Call(Client.OURS, "PutObject", "lake", "both-1", false),
                            new S3Call(Client.S3A, "PutObject", "lake", "both-2", false));
            assertThat(faults.kinds()).containsKeys("ours PutObject both-<n>", "s3a PutObject both-<n>");
        }
    }

    @Test
    void recordsNothingAfterItsEnd() {
        InstalledFaults faults = Faults.none()
                .failing(Calls.writesFrom(1), Fault.PRECONDITION_FAILED)
                .install();
        faults.close();

        write(SmallLake.ROOT.file("after"));

        assertThat(faults.recorded()).isEmpty();
    }

    @Test
    void refusesASecondPlanAtATime() {
        try (InstalledFaults first = Faults.none().install()) {
            assertThatThrownBy(() -> Faults.none().install())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("installed already");
            assertThat(first.recorded()).isEmpty();
        }
    }

    @Test
    void namesTheFirstKeyOfADelete() {
        try (InstalledFaults faults = Faults.none().install()) {
            lake.store().delete(List.of(SmallLake.ROOT.file("gone-1"), SmallLake.ROOT.file("gone-2")));

            assertThat(faults.writes())
                    .containsExactly(new S3Call(Client.OURS, "DeleteObjects", "lake", "gone-1", false));
        }
    }

    @Test
    void cutsThePagesOfObjectsForBothClients() throws IOException {
        S3Uri folder = SmallLake.ROOT.folder("pages");
        IntStream.range(0, 7).forEach(i -> write(folder.file("object-" + i)));
        FileStatus[] byS3A;
        try (InstalledFaults faults = Faults.none().withPagesOf(3).install()) {
            assertThat(lake.store().list(folder)).hasSize(7);
            byS3A = fileSystem().listStatus(new org.apache.hadoop.fs.Path(folder.toHadoop()));

            assertThat(faults.kinds())
                    .containsEntry("ours ListObjectsV2 pages/", 3)
                    .containsEntry("s3a ListObjectsV2 pages/", 3);
        }
        assertThat(byS3A).hasSize(7);
    }

    @Test
    void cutsThePagesOfUploads() throws IOException {
        S3Uri folder = SmallLake.ROOT.folder("uploads");
        List<PendingUpload> found;
        List<FSDataOutputStream> open = new ArrayList<>();
        try (InstalledFaults faults = Faults.none().withPagesOf(3).install()) {
            for (int i = 0; i < 4; i++) {
                FSDataOutputStream out = fileSystem()
                        .create(new org.apache.hadoop.fs.Path(
                                folder.toHadoop() + "__magic_job-1/tasks/attempt_1/__base/file-" + i));
                out.write(1);
                open.add(out);
            }
            for (FSDataOutputStream out : open) {
                out.close();
            }
            found = lake.store().pendingUploads(folder);

            assertThat(faults.kinds()).containsEntry("ours ListMultipartUploads uploads/", 2);
        }
        assertThat(found).hasSize(4);
    }

    private static void write(S3Uri object) {
        lake.store().write(object, new byte[] {1}, "text/plain");
    }

    private static void writeByS3A(S3Uri object) throws IOException {
        try (OutputStream out = fileSystem().create(new org.apache.hadoop.fs.Path(object.toHadoop()), true)) {
            out.write(1);
        }
    }

    private static FileSystem fileSystem() throws IOException {
        return FileSystem.get(new org.apache.hadoop.fs.Path(SmallLake.ROOT.toHadoop()).toUri(), lake.hadoop());
    }
}

package com.omc.flywheel.common.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.Visibility;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetTest {
    private static final SnapshotDate NOVEMBER = SnapshotDate.parse("2025-11-01");
    private static final RunId RUN = new RunId("20251102T031500Z-00000001");

    @ParameterizedTest
    @ValueSource(
            strings = {"s3://lake/split_cluster/infobase_attributes", "s3://lake/split_cluster/infobase_attributes/"})
    void liesWhereTheUsersExpectIt(String root) {
        DataSet dataSet = new DataSet(S3Uri.parse(root));

        assertThat(dataSet.root()).hasToString("s3://lake/split_cluster/infobase_attributes/");
        assertThat(dataSet.tableFolder("IBE_01")).hasToString("s3://lake/split_cluster/infobase_attributes/IBE_01/");
        assertThat(dataSet.snapshotDateFile(Layout.CLUSTERED))
                .hasToString("s3://lake/split_cluster/infobase_attributes/metadata/snapshot_dt.txt");
        assertThat(dataSet.manifest(NOVEMBER))
                .hasToString(
                        "s3://lake/split_cluster/infobase_attributes/_flywheel/manifests/snapshot_dt=2025-11-01/manifest.json");
        assertThat(dataSet.current()).hasToString("s3://lake/split_cluster/infobase_attributes/_flywheel/current.json");
        assertThat(dataSet.mark(RUN, RunState.COMMITTING))
                .hasToString(
                        "s3://lake/split_cluster/infobase_attributes/_flywheel/journal/20251102T031500Z-00000001/committing.json");
        assertThat(dataSet.lease()).hasToString("s3://lake/split_cluster/infobase_attributes/_flywheel/lease/");
    }

    @Test
    void hidesFromReadersWhatIsOurs() {
        DataSet dataSet = new DataSet(S3Uri.parse("s3://lake/out"));

        assertThat(Stream.of(
                                dataSet.manifest(NOVEMBER),
                                dataSet.current(),
                                dataSet.mark(RUN, RunState.DONE),
                                dataSet.lease(),
                                dataSet.attemptFolder(RUN))
                        .map(dataSet.root()::relativize))
                .noneMatch(key -> Visibility.seenByReaders(key, 1));
    }

    @Test
    void neverLeavesItsRoot() {
        assertThatThrownBy(() -> new DataSet(S3Uri.parse("s3://lake/out")).tableFolder("../other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"../other\" is not one part of a key");
    }
}

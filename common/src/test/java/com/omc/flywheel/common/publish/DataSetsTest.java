package com.omc.flywheel.common.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import org.junit.jupiter.api.Test;

class DataSetsTest {
    private static final S3Uri SPLIT = S3Uri.parse("s3://lake/split/");
    private static final DataSet WIDE = new DataSet(SPLIT.folder("wide"));
    private static final DataSet IDS = new DataSet(SPLIT.folder("ids"));

    private final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");

    @Test
    void knowsAFolderThatARunHasWrittenTo() {
        store.put(WIDE.lease().file("1.json").toString(), "{}");

        assertThat(DataSets.isKnown(store, WIDE)).isTrue();
    }

    @Test
    void takesNoFolderForOneThatMerelyLooksLikeIt() {
        store.put(SPLIT + "wide/snapshot_dt=2025-11-01/a.parquet", "x")
                .put(SPLIT + "wide/deeper/_flywheel/current.json", "{}")
                .put(SPLIT + "wide/_flywheel_old/current.json", "{}")
                .put(SPLIT + "wider/_flywheel/current.json", "{}");

        assertThat(DataSets.isKnown(store, WIDE)).isFalse();
    }

    @Test
    void findsTheFolderItselfBeforeThoseInIt() {
        store.put(WIDE.current().toString(), "{}").put(SPLIT + "wide/inner/_flywheel/current.json", "{}");

        assertThat(DataSets.under(store, S3Uri.parse("s3://lake/split/wide"))).containsExactly(WIDE);
    }

    @Test
    void findsThoseDirectlyInAFolderInTheOrderOfTheirNames() {
        store.put(WIDE.current().toString(), "{}")
                .put(IDS.current().toString(), "{}")
                .put(SPLIT + "other/a.parquet", "x")
                .put(SPLIT + "other/deeper/_flywheel/current.json", "{}");

        assertThat(DataSets.under(store, SPLIT)).containsExactly(IDS, WIDE);
        assertThat(DataSets.under(store, SPLIT.folder("absent"))).isEmpty();
    }
}

package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.storage.Visibility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
    @ParameterizedTest
    @CsvSource({
        "CLUSTERED,IBE_01,IBE_01/",
        "PARTITIONED,IBE_01,IBE_01/snapshot_dt=2025-11-01/",
        "PARTITIONED_ROOT,addressable_ids,snapshot_dt=2025-11-01/"
    })
    void hasTheFoldersThatUsersWerePromised(Layout layout, String table, String folder) {
        assertThat(layout.documented(table, NOVEMBER)).isEqualTo(folder);
    }

    @ParameterizedTest
    @CsvSource({"PARTITIONED,IBE_01", "PARTITIONED_ROOT,addressable_ids"})
    void hidesFromReadersOfATablesFolderWhatTheCatalogIsNotSwitchedTo(Layout layout, String table) {
        String beside = layout.beside(table, NOVEMBER, FIRST);

        assertThat(beside).isEqualTo(layout.tableFolder(table) + "_snapshot_2025-11-01_run_20251102T031500Z-00000001/");
        assertThat(Visibility.seenByReaders(
                        beside.substring(layout.tableFolder(table).length()) + "a.parquet", 1))
                .isFalse();
    }

    @Test
    void replacesOneSnapshotWhereTheyLieBesideEachOther() {
        assertThat(Layout.CLUSTERED.replaces(NOVEMBER, OCTOBER)).isTrue();
        assertThat(Layout.PARTITIONED.replaces(NOVEMBER, OCTOBER)).isFalse();
        assertThat(Layout.PARTITIONED.replaces(NOVEMBER, NOVEMBER)).isTrue();
    }
}

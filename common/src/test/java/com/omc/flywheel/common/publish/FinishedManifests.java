package com.omc.flywheel.common.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.storage.ObjectStore;
import java.util.List;

/** What a data set holds when every run has ended, for tests. */
public final class FinishedManifests {
    private FinishedManifests() {}

    /** All of them, the newest snapshot last; fails when a run is unfinished. */
    public static List<Manifest> of(ObjectStore store, DataSet dataSet) {
        DataSetState state = new DataSetReader(store, dataSet).read();
        assertThat(state.unfinished())
                .as("unfinished runs of %s", dataSet.root())
                .isEmpty();
        return state.manifests();
    }
}

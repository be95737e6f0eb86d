package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.storage.ObjectStore;
import java.util.List;
import java.util.Map;

/** What the tasks of a run have uploaded and nobody sees. */
public interface UnseenFiles {
    /** Makes ready for the first task; the first thing that is written beside the journal. */
    void begin();

    /**
     * The uploads, by key.
     *
     * @param sizes the keys, from the root of the data set, and the bytes of what the tasks say that they wrote
     * @throws com.omc.flywheel.common.failure.JobFailure CONFLICT when others were uploaded
     */
    List<PreparedFile> preparedFiles(ObjectStore store, Map<String, Long> sizes);
}

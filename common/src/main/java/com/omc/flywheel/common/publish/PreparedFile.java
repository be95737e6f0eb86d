package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.storage.PendingUpload;
import java.util.List;

/**
 * A file that a task has uploaded and that nobody sees.
 *
 * @param upload the upload, and the object that it becomes
 * @param bytes the object's size
 * @param partEtags the tags of the upload's parts, in their order
 */
public record PreparedFile(PendingUpload upload, long bytes, List<String> partEtags) {
    public PreparedFile {
        partEtags = List.copyOf(partEtags);
    }
}

package com.omc.flywheel.common.storage;

/** Which objects of a folder the readers of the Hive family (Athena, Spark, Trino) take for data. */
public final class Visibility {
    private Visibility() {}

    /**
     * True when a reader of the folder would open the object.
     *
     * <p>Readers skip every name, and everything in a folder of a name, that begins with an underscore or a dot. An
     * empty object whose name ends with a slash or {@code _$folder$} is what consoles and old Hadoop connectors leave to
     * make an empty folder visible.
     *
     * @param relativeKey the key from the folder on
     * @param bytes the object's size
     */
    public static boolean seenByReaders(String relativeKey, long bytes) {
        for (String part : relativeKey.split("/", -1)) {
            if (part.startsWith("_") || part.startsWith(".")) {
                return false;
            }
        }
        boolean folderMarker =
                bytes == 0 && (relativeKey.isEmpty() || relativeKey.endsWith("/") || relativeKey.endsWith("_$folder$"));
        return !folderMarker;
    }
}

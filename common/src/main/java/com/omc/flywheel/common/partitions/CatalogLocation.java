package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.regex.Pattern;

/**
 * A location as the catalog writes it, by what it names: with a slash at its end or without, under any of the schemes that
 * Hadoop has had for S3. It need not be an address that we would take.
 */
record CatalogLocation(String folder) {
    private static final Pattern SCHEME = Pattern.compile("^s3[an]?://", Pattern.CASE_INSENSITIVE);

    CatalogLocation {
        folder = SCHEME.matcher(folder).replaceFirst("s3://");
        folder = folder.endsWith("/") ? folder : folder + "/";
    }

    static CatalogLocation of(S3Uri location) {
        return new CatalogLocation(location.toString());
    }

    /** True when a reader of one of the two folders finds files of the other. */
    boolean overlaps(CatalogLocation other) {
        return folder.startsWith(other.folder) || other.folder.startsWith(folder);
    }
}

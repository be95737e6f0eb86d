package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.regex.Pattern;

/**
 * A location as the catalog writes it, by what it names: with a slash at its end or without, under any of the schemes that
 * Hadoop has had for S3. It need not be an address that we would take.
 */
public record CatalogLocation(String folder) {
    private static final Pattern SCHEME = Pattern.compile("^s3[an]?://", Pattern.CASE_INSENSITIVE);

    public CatalogLocation {
        folder = SCHEME.matcher(folder).replaceFirst("s3://");
        folder = folder.endsWith("/") ? folder : folder + "/";
    }

    public static CatalogLocation of(S3Uri location) {
        return new CatalogLocation(location.toString());
    }

    /** True when the other one is this folder or lies under it. */
    public boolean contains(CatalogLocation other) {
        return other.folder.startsWith(folder);
    }

    /** True when a reader of one of the two folders finds files of the other. */
    public boolean overlaps(CatalogLocation other) {
        return contains(other) || other.contains(this);
    }
}

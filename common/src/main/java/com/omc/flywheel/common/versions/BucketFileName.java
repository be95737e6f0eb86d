package com.omc.flywheel.common.versions;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How Trino, which Athena is built on, reads the bucket of a file from its name ({@code BackgroundHiveSplitLoader}, Trino
 * 476). Where one name of a folder matches nothing, it goes by the order of the names or fails.
 */
final class BucketFileName {
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("\\d{8}_\\d{6}_\\d{5}_[a-z0-9]{5}_bucket-(\\d{1,9})(?:[-_.].*)?"),
            Pattern.compile("(\\d{1,9})_\\d+.*"));

    private BucketFileName() {}

    /** The bucket that readers take the file for; empty when its name tells none. */
    static OptionalInt bucketOf(String name) {
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(name);
            if (matcher.matches()) {
                return OptionalInt.of(Integer.parseInt(matcher.group(1)));
            }
        }
        return OptionalInt.empty();
    }
}

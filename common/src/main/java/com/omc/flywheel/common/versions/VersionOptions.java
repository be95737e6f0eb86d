package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.storage.S3Uri;

/**
 * How tables are brought to their next version.
 *
 * @param job the job whose tables they are
 * @param base the folder that holds a folder for each table, and in it one for each version
 * @param engine what builds them
 * @param atATime how many tables are built at a time
 * @param keepVersions how many versions of a table stay, the one that readers are sent to counted
 * @param force whether a table is built again that is as it is wanted
 * @param takeOver whether tables that nobody has marked become this job's; their files are never deleted
 */
public record VersionOptions(
        String job, S3Uri base, EngineChoice engine, int atATime, int keepVersions, boolean force, boolean takeOver) {
    public VersionOptions {
        base = base.asFolder();
        if (atATime < 1 || keepVersions < 1) {
            throw new IllegalArgumentException(
                    "%d at a time and %d versions: expected at least one of both".formatted(atATime, keepVersions));
        }
    }
}

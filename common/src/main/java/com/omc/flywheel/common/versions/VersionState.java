package com.omc.flywheel.common.versions;

/** How far a version of a table has come; the picture is in the package's documentation. */
enum VersionState {
    BUILDING,
    BUILT,
    PUBLISHED
}

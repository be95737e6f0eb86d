package com.omc.flywheel.common.job;

import java.util.Optional;

/** The arguments of a job that may be told the region of the services that it calls, whatever the environment says. */
public interface RegionArgument {
    /** For example {@code eu-west-1}; the environment's when empty. */
    Optional<String> awsRegion();
}

package com.omc.flywheel.common.job;

import com.omc.flywheel.common.cleanrooms.CleanRooms;
import com.omc.flywheel.common.entityresolution.EntityResolution;
import com.omc.flywheel.common.notice.Notices;

/** The services of a job that is not to ask any. */
public final class NoServices implements Services {
    @Override
    public CleanRooms cleanRooms() {
        throw new AssertionError("the job asks Clean Rooms");
    }

    @Override
    public EntityResolution entityResolution() {
        throw new AssertionError("the job asks Entity Resolution");
    }

    @Override
    public Notices notices() {
        throw new AssertionError("the job sends a message");
    }
}

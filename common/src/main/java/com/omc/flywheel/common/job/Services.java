package com.omc.flywheel.common.job;

import com.omc.flywheel.common.cleanrooms.CleanRooms;
import com.omc.flywheel.common.entityresolution.EntityResolution;
import com.omc.flywheel.common.notice.Notices;

/** The services that reports ask, or tell. None needs a region or credentials before its first call. */
public interface Services {
    CleanRooms cleanRooms();

    EntityResolution entityResolution();

    Notices notices();
}

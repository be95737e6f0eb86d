package com.omc.flywheel.common.job;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.cleanrooms.AwsCleanRooms;
import com.omc.flywheel.common.cleanrooms.CleanRooms;
import com.omc.flywheel.common.entityresolution.AwsEntityResolution;
import com.omc.flywheel.common.entityresolution.EntityResolution;
import com.omc.flywheel.common.notice.Notices;
import com.omc.flywheel.common.notice.SnsNotices;
import java.util.Map;

/** The services of one job on AWS, or where the environment says, closed with it. */
final class AwsServices implements Services, AutoCloseable {
    private final AwsCleanRooms cleanRooms;
    private final AwsEntityResolution entityResolution;
    private final SnsNotices notices;

    AwsServices(Map<String, String> environment) {
        this.cleanRooms = AwsCleanRooms.connect(
                ServiceEndpoint.fromEnvironment("AWS Clean Rooms", "AWS_ENDPOINT_URL_CLEANROOMS", environment));
        this.entityResolution = AwsEntityResolution.connect(ServiceEndpoint.fromEnvironment(
                "AWS Entity Resolution", "AWS_ENDPOINT_URL_ENTITYRESOLUTION", environment));
        this.notices =
                SnsNotices.connect(ServiceEndpoint.fromEnvironment("Amazon SNS", "AWS_ENDPOINT_URL_SNS", environment));
    }

    @Override
    public CleanRooms cleanRooms() {
        return cleanRooms;
    }

    @Override
    public EntityResolution entityResolution() {
        return entityResolution;
    }

    @Override
    public Notices notices() {
        return notices;
    }

    @Override
    public void close() {
        cleanRooms.close();
        entityResolution.close();
        notices.close();
    }
}

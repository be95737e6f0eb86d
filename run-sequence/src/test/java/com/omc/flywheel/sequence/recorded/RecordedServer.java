package com.omc.flywheel.sequence.recorded;

import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.awsjson.AwsRestService;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cleanrooms.CleanRoomsClient;
import software.amazon.awssdk.services.entityresolution.EntityResolutionClient;

/** The committed recordings behind one endpoint, with the clients of the SDK. */
final class RecordedServer implements AutoCloseable {
    static final Path RECORDED =
            Path.of(System.getProperty("flywheel.home")).resolve("test-data").resolve("recorded");
    static final Path CLEAN_ROOMS = RECORDED.resolve("cleanrooms");
    static final Path ENTITY_RESOLUTION = RECORDED.resolve("entityresolution");

    /** The membership with the tables, and the one with nothing. */
    static final String MEMBERSHIP = "000000a1-0000-4000-8000-000000000001";

    static final String EMPTY_MEMBERSHIP = "000000a1-0000-4000-8000-000000000002";
    static final String REMOVED_MEMBERSHIP = "000000a1-0000-4000-8000-000000000003";
    static final String COLLABORATION = "000000c1-0000-4000-8000-000000000001";
    static final String NOWHERE = "00000000-0000-4000-8000-000000000000";

    private final AwsJsonEndpoint endpoint;
    private final CleanRoomsClient cleanRooms;
    private final EntityResolutionClient entityResolution;

    private RecordedServer(AwsRestService... services) {
        this.endpoint = AwsJsonEndpoint.start(0, List.of(services));
        this.cleanRooms = CleanRoomsClient.builder()
                .endpointOverride(endpoint.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
        this.entityResolution = EntityResolutionClient.builder()
                .endpointOverride(endpoint.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    static RecordedServer start() {
        return new RecordedServer(
                RecordedService.cleanRooms(CLEAN_ROOMS), RecordedService.entityResolution(ENTITY_RESOLUTION));
    }

    static RecordedServer of(AwsRestService... services) {
        return new RecordedServer(services);
    }

    AwsJsonEndpoint endpoint() {
        return endpoint;
    }

    CleanRoomsClient cleanRooms() {
        return cleanRooms;
    }

    EntityResolutionClient entityResolution() {
        return entityResolution;
    }

    @Override
    public void close() {
        cleanRooms.close();
        entityResolution.close();
        endpoint.close();
    }
}

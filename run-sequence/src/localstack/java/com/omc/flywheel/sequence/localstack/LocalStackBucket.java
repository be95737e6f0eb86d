package com.omc.flywheel.sequence.localstack;

import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket that nobody else has; it goes with all that is in it, as the server may live longer than the test. */
public final class LocalStackBucket implements AutoCloseable {
    private final URI endpoint;
    private final String name = "flywheel-" + UUID.randomUUID();
    private final S3Client s3;
    private final S3ObjectStore store;

    public LocalStackBucket(URI endpoint) {
        this.endpoint = endpoint;
        this.s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .build();
        this.store = S3ObjectStore.connect(S3Connection.fromEnvironment(environment()));
        s3.createBucket(request -> request.bucket(name));
    }

    public String name() {
        return name;
    }

    public S3Uri root() {
        return new S3Uri(name, "");
    }

    public S3ObjectStore store() {
        return store;
    }

    /** The variables that send a job to this server. */
    public Map<String, String> environment() {
        return Map.of("AWS_ENDPOINT_URL_S3", endpoint.toString(), "AWS_REGION", Region.US_EAST_1.id());
    }

    @Override
    public void close() {
        try {
            store.pendingUploads(root()).forEach(store::abort);
            store.delete(store.list(root()).stream().map(StoredObject::uri).toList());
            s3.deleteBucket(request -> request.bucket(name));
        } finally {
            store.close();
            s3.close();
        }
    }
}

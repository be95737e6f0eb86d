package com.omc.flywheel.common.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** {@link ObjectStore} on S3 or on anything that speaks its protocol. Close it to give back its connections. */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {
    // DeleteObjects takes 1,000 keys: Amazon S3 API reference.
    private static final int KEYS_PER_DELETE = 1000;
    private static final Duration ONE_ATTEMPT = Duration.ofSeconds(30);
    private static final Duration ONE_CALL = Duration.ofMinutes(3);

    private final S3Client client;
    private final S3Connection connection;
    private final S3Failures failures;

    private S3ObjectStore(S3Client client, S3Connection connection) {
        this.client = client;
        this.connection = connection;
        this.failures = new S3Failures(connection);
    }

    /** Connects lazily: nothing is sent before the first call. Credentials come from the SDK's default chain. */
    public static S3ObjectStore connect(S3Connection connection) {
        return connect(connection, builder -> {});
    }

    /** Connects without credentials, to a server that lets everyone in. */
    public static S3ObjectStore connectAnonymously(S3Connection connection) {
        return connect(connection, builder -> builder.credentialsProvider(AnonymousCredentialsProvider.create()));
    }

    private static S3ObjectStore connect(S3Connection connection, Consumer<S3ClientBuilder> credentials) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(ApacheHttpClient.builder().connectionTimeout(Duration.ofSeconds(10)))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(ONE_ATTEMPT)
                        .apiCallTimeout(ONE_CALL)
                        .retryStrategy(
                                StandardRetryStrategy.builder().maxAttempts(5).build()));
        credentials.accept(builder);
        connection.region().map(Region::of).ifPresent(builder::region);
        connection.endpoint().ifPresent(endpoint -> builder.endpointOverride(endpoint)
                .forcePathStyle(true));
        try {
            return new S3ObjectStore(builder.build(), connection);
        } catch (SdkException e) {
            throw new S3Failures(connection).translate("connect", "S3", e);
        }
    }

    @Override
    public List<S3Uri> folders(S3Uri parent) {
        S3Uri folder = parent.asFolder();
        return calling("s3:ListBucket", folder, () -> {
            List<S3Uri> found = new ArrayList<>();
            for (CommonPrefix prefix : client.listObjectsV2Paginator(request ->
                            request.bucket(folder.bucket()).prefix(folder.key()).delimiter("/"))
                    .commonPrefixes()) {
                found.add(new S3Uri(folder.bucket(), prefix.prefix()));
            }
            return found;
        });
    }

    @Override
    public List<StoredObject> list(S3Uri folder) {
        S3Uri prefix = folder.asFolder();
        return calling("s3:ListBucket", prefix, () -> {
            List<StoredObject> found = new ArrayList<>();
            client.listObjectsV2Paginator(
                            request -> request.bucket(prefix.bucket()).prefix(prefix.key()))
                    .contents()
                    .forEach(object -> found.add(new StoredObject(
                            new S3Uri(prefix.bucket(), object.key()), object.size(), unquoted(object.eTag()))));
            return found;
        });
    }

    @Override
    public Optional<byte[]> read(S3Uri object) {
        return calling("s3:GetObject", object, () -> {
            try {
                return Optional.of(client.getObjectAsBytes(
                                request -> request.bucket(object.bucket()).key(object.key()))
                        .asByteArray());
            } catch (NoSuchKeyException absent) {
                return Optional.empty();
            }
        });
    }

    @Override
    public boolean exists(S3Uri object) {
        return calling("s3:GetObject", object, () -> {
            try {
                client.headObject(request -> request.bucket(object.bucket()).key(object.key()));
                return true;
            } catch (NoSuchKeyException absent) {
                return false;
            }
        });
    }

    @Override
    public void write(S3Uri object, byte[] content, String contentType) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .contentType(contentType);
        connection.kmsKeyId().ifPresent(keyId -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                .ssekmsKeyId(keyId));
        calling("s3:PutObject", object, () -> client.putObject(request.build(), RequestBody.fromBytes(content)));
    }

    @Override
    public void delete(Collection<S3Uri> objects) {
        List<S3Uri> remaining = List.copyOf(objects);
        for (int from = 0; from < remaining.size(); from += KEYS_PER_DELETE) {
            List<S3Uri> batch = remaining.subList(from, Math.min(from + KEYS_PER_DELETE, remaining.size()));
            String bucket = batch.get(0).bucket();
            List<ObjectIdentifier> keys = batch.stream()
                    .map(object -> {
                        if (!object.bucket().equals(bucket)) {
                            throw new IllegalArgumentException(
                                    "one delete spans the buckets %s and %s".formatted(bucket, object.bucket()));
                        }
                        return ObjectIdentifier.builder().key(object.key()).build();
                    })
                    .toList();
            S3Uri first = batch.get(0);
            DeleteObjectsResponse response = calling(
                    "s3:DeleteObject",
                    first,
                    () -> client.deleteObjects(request -> request.bucket(bucket)
                            .delete(Delete.builder().objects(keys).quiet(true).build())));
            // HTTP 200 with errors per key: Amazon S3 API reference, DeleteObjects.
            if (response.hasErrors() && !response.errors().isEmpty()) {
                S3Error error = response.errors().get(0);
                throw failures.ofDelete(
                        new S3Uri(bucket, error.key()), error, response.errors().size());
            }
        }
    }

    @Override
    public List<PendingUpload> pendingUploads(S3Uri folder) {
        S3Uri prefix = folder.asFolder();
        return calling("s3:ListBucketMultipartUploads", prefix, () -> {
            List<PendingUpload> found = new ArrayList<>();
            client.listMultipartUploadsPaginator(
                            request -> request.bucket(prefix.bucket()).prefix(prefix.key()))
                    .uploads()
                    .forEach(upload ->
                            found.add(new PendingUpload(new S3Uri(prefix.bucket(), upload.key()), upload.uploadId())));
            return found;
        });
    }

    @Override
    public void abort(PendingUpload upload) {
        calling("s3:AbortMultipartUpload", upload.uri(), () -> {
            try {
                return client.abortMultipartUpload(
                        request -> request.bucket(upload.uri().bucket())
                                .key(upload.uri().key())
                                .uploadId(upload.uploadId()));
            } catch (NoSuchUploadException alreadyGone) {
                return null;
            }
        });
    }

    @Override
    public void close() {
        client.close();
    }

    private <T> T calling(String action, S3Uri subject, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw failures.translate(action, subject.toString(), e);
        }
    }

    private static String unquoted(String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }
}

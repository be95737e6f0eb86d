package com.omc.flywheel.common.storage;

import com.omc.flywheel.common.aws.SentRequests;
import com.omc.flywheel.common.aws.ServiceClients;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
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
    private static final Duration ONE_CALL = Duration.ofMinutes(3);
    // "Processing could take several minutes": Amazon S3 API reference, CompleteMultipartUpload.
    private static final Duration ONE_COMPLETION = Duration.ofMinutes(10);
    private static final int CREATE_ATTEMPTS = 5;

    private final S3Client client;
    private final S3Connection connection;
    private final SentRequests sent;
    private final S3Failures failures;

    private S3ObjectStore(S3Client client, S3Connection connection, SentRequests sent) {
        this.client = client;
        this.connection = connection;
        this.sent = sent;
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
        SentRequests sent = new SentRequests();
        S3ClientBuilder builder = ServiceClients.prepare(
                S3Client.builder(),
                connection.endpoint(),
                connection.region(),
                sent,
                retries -> retries.retryOnException(S3ObjectStore::metAnotherConditionalRequest));
        credentials.accept(builder);
        connection.endpoint().ifPresent(endpoint -> builder.forcePathStyle(true));
        try {
            return new S3ObjectStore(builder.build(), connection, sent);
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

    /** How many HTTP requests this store has sent so far, each attempt of a repeated one counted. */
    public long requests() {
        return sent.count();
    }

    @Override
    public Listing listWithTime(S3Uri folder) {
        S3Uri prefix = folder.asFolder();
        return calling("s3:ListBucket", prefix, () -> {
            List<StoredObject> found = new ArrayList<>();
            Optional<String> date = Optional.empty();
            for (ListObjectsV2Response page : client.listObjectsV2Paginator(
                    request -> request.bucket(prefix.bucket()).prefix(prefix.key()))) {
                page.contents()
                        .forEach(object -> found.add(new StoredObject(
                                new S3Uri(prefix.bucket(), object.key()),
                                object.size(),
                                unquoted(object.eTag()),
                                object.lastModified())));
                date = page.sdkHttpResponse().firstMatchingHeader("Date");
            }
            return new Listing(found, storeTime(prefix, date));
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
        PutObjectRequest request = put(object, contentType).build();
        calling("s3:PutObject", object, () -> client.putObject(request, RequestBody.fromBytes(content)));
    }

    @Override
    public boolean create(S3Uri object, byte[] content, String contentType) {
        PutObjectRequest request = put(object, contentType).ifNoneMatch("*").build();
        for (int attempt = 0; attempt < CREATE_ATTEMPTS; attempt++) {
            if (putUnlessThere(object, request, content)) {
                return true;
            }
            // It may be our own: the answer to an earlier attempt of this request was lost.
            Optional<byte[]> there = read(object);
            if (there.isPresent()) {
                return Arrays.equals(there.get(), content);
            }
        }
        throw new JobFailure(
                FailureKind.CONFLICT,
                "s3:PutObject on %s: %d times the object was there when it was to be created and gone when it was read; start the job again when nothing else writes there"
                        .formatted(object, CREATE_ATTEMPTS));
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
    public void complete(PendingUpload upload, List<String> partEtags) {
        S3Uri object = upload.uri();
        CompleteMultipartUploadRequest request = CompleteMultipartUploadRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .uploadId(upload.uploadId())
                .multipartUpload(completed -> completed.parts(inOrder(partEtags)))
                .overrideConfiguration(
                        override -> override.apiCallAttemptTimeout(ONE_CALL).apiCallTimeout(ONE_COMPLETION))
                .build();
        boolean completed = calling("s3:PutObject", object, () -> {
            try {
                client.completeMultipartUpload(request);
                return true;
            } catch (NoSuchUploadException gone) {
                return false;
            }
        });
        if (!completed && !exists(object)) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "s3:PutObject on %s: its multipart upload was aborted, by another run that took over or by a lifecycle rule of the bucket; see which run wrote there last, and start this job again when no other one runs"
                            .formatted(object));
        }
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

    private PutObjectRequest.Builder put(S3Uri object, String contentType) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .contentType(contentType);
        connection.kmsKeyId().ifPresent(keyId -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                .ssekmsKeyId(keyId));
        return request;
    }

    private boolean putUnlessThere(S3Uri object, PutObjectRequest request, byte[] content) {
        return calling("s3:PutObject", object, () -> {
            try {
                client.putObject(request, RequestBody.fromBytes(content));
                return true;
            } catch (AwsServiceException e) {
                if (e.statusCode() == 412) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Two conditional writes, or one and a delete, at the same time: S3 user guide, "Conditional writes", says to retry. */
    private static boolean metAnotherConditionalRequest(Throwable error) {
        return error instanceof AwsServiceException answered
                && answered.statusCode() == 409
                && answered.awsErrorDetails() != null
                && "ConditionalRequestConflict"
                        .equals(answered.awsErrorDetails().errorCode());
    }

    private static List<CompletedPart> inOrder(List<String> partEtags) {
        return IntStream.range(0, partEtags.size())
                .mapToObj(index -> CompletedPart.builder()
                        .partNumber(index + 1)
                        .eTag(partEtags.get(index))
                        .build())
                .toList();
    }

    private Instant storeTime(S3Uri subject, Optional<String> date) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.orElse("none"), Instant::from);
        } catch (DateTimeException e) {
            throw new JobFailure(
                    FailureKind.SERVICE,
                    "s3:ListBucket on %s: %s answered without the time (its header Date: %s); check what stands between the job and the store"
                            .formatted(subject, connection.describe(), date.orElse("none")),
                    e);
        }
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

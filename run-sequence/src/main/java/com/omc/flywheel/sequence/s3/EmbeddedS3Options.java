package com.omc.flywheel.sequence.s3;

import java.util.Optional;

/**
 * How an {@link EmbeddedS3} listens and whom it lets in.
 *
 * @param port where to listen; 0 for any free port
 * @param credentials the only ones accepted; everyone is let in when absent
 * @param readOnly true to answer every request that would change something with 403 AccessDenied
 */
public record EmbeddedS3Options(int port, Optional<Credentials> credentials, boolean readOnly) {
    private static final int LAST_PORT = 65_535;

    public EmbeddedS3Options {
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("the port %d is not between 0 and %d".formatted(port, LAST_PORT));
        }
    }

    /** Any free port, everyone may read and write. */
    public static EmbeddedS3Options open() {
        return new EmbeddedS3Options(0, Optional.empty(), false);
    }

    public EmbeddedS3Options withPort(int other) {
        return new EmbeddedS3Options(other, credentials, readOnly);
    }

    /** Requests that are not signed with these credentials get 403. */
    public EmbeddedS3Options withCredentials(String accessKey, String secretKey) {
        return new EmbeddedS3Options(port, Optional.of(new Credentials(accessKey, secretKey)), readOnly);
    }

    /** Writes and deletes get 403; buckets can still be made with {@link EmbeddedS3#createBucket}. */
    public EmbeddedS3Options asReadOnly() {
        return new EmbeddedS3Options(port, credentials, true);
    }

    /** An access key and its secret; they protect nothing but the local server. */
    public record Credentials(String accessKey, String secretKey) {
        public Credentials {
            if (accessKey.isBlank() || secretKey.isBlank()) {
                throw new IllegalArgumentException("the access key and the secret key must not be blank");
            }
        }

        /** The access key alone. */
        @Override
        public String toString() {
            return accessKey;
        }
    }
}

package com.omc.flywheel.sequence.localstack;

import java.net.URI;
import org.testcontainers.localstack.LocalStackContainer;

/** Where the tests find LocalStack: in a container of their own, or where {@value #ENDPOINT} says. */
public final class LocalStack {
    /** Names a LocalStack that runs already, in host mode for one; then no Docker is needed. */
    public static final String ENDPOINT = "FLYWHEEL_LOCALSTACK_ENDPOINT";

    // The last version that starts without an account's token: LocalStack for AWS 2026.03.0, release notes.
    private static final String IMAGE = "localstack/localstack:4.14.0";

    private LocalStack() {}

    /** A container that the caller starts and stops; it serves S3 alone. */
    public static LocalStackContainer container() {
        return new LocalStackContainer(IMAGE).withServices("s3");
    }

    public static URI endpointOfTheEnvironment() {
        return URI.create(System.getenv(ENDPOINT));
    }
}

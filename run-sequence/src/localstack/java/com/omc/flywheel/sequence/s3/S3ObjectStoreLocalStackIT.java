package com.omc.flywheel.sequence.s3;

import com.omc.flywheel.sequence.localstack.LocalStack;
import com.omc.flywheel.sequence.localstack.LocalStackBucket;
import java.net.URI;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/** What S3's adapter promises, on LocalStack. */
class S3ObjectStoreLocalStackIT {
    @Nested
    @Testcontainers(disabledWithoutDocker = true)
    @DisabledIfEnvironmentVariable(named = LocalStack.ENDPOINT, matches = ".+")
    class InAContainer extends OnLocalStack {
        @Container
        private static final LocalStackContainer CONTAINER = LocalStack.container();

        @Override
        URI endpoint() {
            return CONTAINER.getEndpoint();
        }
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = LocalStack.ENDPOINT, matches = ".+")
    class AtTheEndpointOfTheEnvironment extends OnLocalStack {
        @Override
        URI endpoint() {
            return LocalStack.endpointOfTheEnvironment();
        }
    }

    abstract static class OnLocalStack extends S3ObjectStoreTest.Contract {
        private LocalStackBucket bucket;

        abstract URI endpoint();

        @Override
        URI start() {
            bucket = new LocalStackBucket(endpoint());
            return endpoint();
        }

        @Override
        String bucket() {
            return bucket.name();
        }

        @Override
        void stop() {
            bucket.close();
        }
    }
}

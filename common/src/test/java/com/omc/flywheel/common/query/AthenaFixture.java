package com.omc.flywheel.common.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** An engine at a server whose answers a test writes, in a time that passes only in pauses. */
abstract class AthenaFixture {
    static final String START = "StartQueryExecution";
    static final String LOOK = "GetQueryExecution";
    static final String STOP = "StopQueryExecution";
    static final String WORKGROUP = "GetWorkGroup";
    static final RunId RUN = new RunId("20251102T031500Z-9f86d081");
    static final Duration DEADLINE = Duration.ofMinutes(3);
    static final AthenaSettings SETTINGS =
            new AthenaSettings("etl", S3Uri.parse("s3://lake/athena/"), Duration.ofMillis(500), DEADLINE);
    static final RepairTable REPAIR = new RepairTable(TableId.of("split_part", "part_ibe_01"));
    static final CreateTableAs CREATE = new CreateTableAs(
            TableId.of("split_cluster", "bucketed_ibe_01"),
            S3Uri.parse("s3://lake/out/run-1/"),
            TableId.of("split_cluster", "ext_ibe_01"),
            List.of(SelectedColumn.of(new ColumnName("customer_user_id"))),
            Optional.of(new Buckets("customer_user_id", 256)));

    final AthenaTime time = new AthenaTime();
    final AthenaHooks hooks = new AthenaHooks();
    final List<String> started = new ArrayList<>();
    AthenaServer athena;
    AthenaQueryEngine engine;

    @BeforeEach
    void connect() throws IOException {
        athena = new AthenaServer();
        engine = AthenaQueryEngine.connect(
                athena.endpoint(),
                SETTINGS,
                time,
                time,
                new Random(1),
                hooks,
                builder -> builder.credentialsProvider(AnonymousCredentialsProvider.create()),
                retries -> retries.backoffStrategy(BackoffStrategy.retryImmediately())
                        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately()));
    }

    @AfterEach
    void disconnect() {
        engine.close();
        athena.close();
        assertThat(hooks.present()).isEmpty();
        // Asking clears it, so that the next test is not interrupted.
        assertThat(Thread.interrupted()).isFalse();
    }
}

package com.omc.flywheel.sequence.glue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.Table;

@Timeout(60)
class GlueConcurrentWritersTest {
    private final GlueServer server =
            GlueServer.start(GlueCatalogOptions.standard().withClock(new SlowClock()));
    private final GlueClient client = server.client();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void losesNoUpdateOfManyWritersThatCompareAndSwap() throws Exception {
        int writers = 8;
        int each = 10;
        server.createTable(
                GlueServer.table("t").parameters(Map.of("count", "0")).build());

        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<Void>> results = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            results.add(threads.submit((Callable<Void>) () -> {
                for (int done = 0; done < each; ) {
                    done += incremented() ? 1 : 0;
                }
                return null;
            }));
        }
        for (Future<Void> result : results) {
            result.get();
        }
        threads.shutdown();

        assertThat(server.get("t").parameters()).containsEntry("count", Integer.toString(writers * each));
        assertThat(server.get("t").versionId()).isEqualTo(Integer.toString(writers * each));
    }

    private boolean incremented() {
        Table seen = server.get("t");
        String next = Integer.toString(Integer.parseInt(seen.parameters().get("count")) + 1);
        try {
            client.updateTable(request -> request.databaseName(GlueServer.DATABASE)
                    .tableInput(GlueServer.table("t")
                            .parameters(Map.of("count", next))
                            .build())
                    .versionId(seen.versionId())
                    .skipArchive(true));
            return true;
        } catch (ConcurrentModificationException e) {
            return false;
        }
    }

    /** The catalog asks for the time between looking at a version and replacing it: long enough to be in the way. */
    private static final class SlowClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            return Instant.EPOCH;
        }
    }
}

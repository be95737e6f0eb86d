package com.omc.flywheel.sequence.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

class GluePartitionsTest {
    private final GlueServer server =
            GlueServer.start(GlueCatalogOptions.standard().withKeysPerGet(2));
    private final GlueClient client = server.client();

    @BeforeEach
    void createTable() {
        server.createTable("t");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givesAPartitionBackAsItWasPutIn() {
        PartitionInput input = GlueServer.partition("2026-01-31").toBuilder()
                .parameters(Map.of("a", "b"))
                .build();
        client.createPartition(request ->
                request.databaseName(GlueServer.DATABASE).tableName("T").partitionInput(input));

        Partition partition = get("2026-01-31");
        assertThat(partition.values()).containsExactly("2026-01-31");
        assertThat(partition.storageDescriptor()).isEqualTo(input.storageDescriptor());
        assertThat(partition.parameters()).isEqualTo(Map.of("a", "b"));
        assertThat(partition.databaseName()).isEqualTo(GlueServer.DATABASE);
        assertThat(partition.tableName()).isEqualTo("t");
        assertThat(partition.creationTime()).isNotNull();
    }

    @Test
    void doesNotCreateAPartitionTwice() {
        server.createPartition("t", "d1");
        assertThatThrownBy(() -> server.createPartition("t", "d1"))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("Partition already exists");
    }

    @Test
    void doesNotFindAPartitionThatIsNotThere() {
        assertThatThrownBy(() -> get("d1"))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Cannot find partition");
    }

    @Test
    void wantsAsManyValuesAsThereAreKeys() {
        assertThatThrownBy(() -> client.createPartition(request -> request.databaseName(GlueServer.DATABASE)
                        .tableName("t")
                        .partitionInput(GlueServer.partition("d1", "more"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("do not match the number of partition values: 1 and 2");
        assertThatThrownBy(() -> client.createPartition(request -> request.databaseName(GlueServer.DATABASE)
                        .tableName("t")
                        .partitionInput(PartitionInput.builder().build())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1 and 0");
    }

    @Test
    void createsWhatItCanOfABatchAndNamesTheOthers() {
        server.createPartition("t", "d1");
        List<PartitionError> errors = client.batchCreatePartition(request -> request.databaseName(GlueServer.DATABASE)
                        .tableName("t")
                        .partitionInputList(
                                GlueServer.partition("d1"),
                                GlueServer.partition("d2"),
                                GlueServer.partition("d3", "more"),
                                GlueServer.partition("d2")))
                .errors();

        assertThat(errors)
                .extracting(PartitionError::partitionValues)
                .containsExactly(List.of("d1"), List.of("d3", "more"), List.of("d2"));
        assertThat(errors)
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactly("AlreadyExistsException", "InvalidInputException", "AlreadyExistsException");
        assertThat(errors.get(0).errorDetail().errorMessage()).isEqualTo("Partition already exists.");
        assertThat(days()).containsExactly("d1", "d2");
    }

    @Test
    void createsNothingInATableThatIsNotThere() {
        assertThatThrownBy(() -> client.batchCreatePartition(request -> request.databaseName(GlueServer.DATABASE)
                        .tableName("none")
                        .partitionInputList(GlueServer.partition("d1"))))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Table none not found");
    }

    @Test
    void replacesWhatItCanOfABatchAndNamesTheOthers() {
        server.createPartition("t", "d1");
        server.createPartition("t", "d2");
        PartitionInput next = PartitionInput.builder()
                .values("d1")
                .storageDescriptor(storage -> storage.location("s3://lake/next/"))
                .build();

        var answer = client.batchUpdatePartition(request -> request.databaseName(GlueServer.DATABASE)
                .tableName("t")
                .entries(entry("d1", next), entry("d2", next), entry("none", GlueServer.partition("none"))));
        assertThat(answer.errors())
                .extracting(error ->
                        error.partitionValueList() + " " + error.errorDetail().errorCode())
                .containsExactly("[d2] InvalidInputException", "[none] EntityNotFoundException");
        assertThat(get("d1").storageDescriptor().location()).isEqualTo("s3://lake/next/");
        assertThat(get("d1").storageDescriptor().hasColumns()).isFalse();
        assertThat(get("d1").creationTime()).isNotNull();
        assertThat(get("d2").storageDescriptor().location()).isEqualTo("s3://lake/data/");
    }

    @Test
    void deletesWhatItCanOfABatchAndNamesTheOthers() {
        server.createPartition("t", "d1");
        server.createPartition("t", "d2");

        List<PartitionError> errors = client.batchDeletePartition(request -> request.databaseName(GlueServer.DATABASE)
                        .tableName("t")
                        .partitionsToDelete(GlueServer.values("d1"), GlueServer.values("none")))
                .errors();
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.partitionValues()).containsExactly("none");
            assertThat(error.errorDetail().errorCode()).isEqualTo("EntityNotFoundException");
        });
        assertThat(days()).containsExactly("d2");
    }

    @Test
    void givesThePartitionsThatAreThereAndTheKeysThatItLeft() {
        server.createPartition("t", "d1");
        server.createPartition("t", "d3");

        var answer = client.batchGetPartition(request -> request.databaseName(GlueServer.DATABASE)
                .tableName("t")
                .partitionsToGet(GlueServer.values("d1"), GlueServer.values("none"), GlueServer.values("d3")));
        assertThat(answer.partitions()).extracting(Partition::values).containsExactly(List.of("d1"));
        assertThat(answer.unprocessedKeys())
                .extracting(PartitionValueList::values)
                .containsExactly(List.of("d3"));
    }

    @Test
    void leavesOutTheColumnsWhenItIsAskedTo() {
        server.createPartition("t", "d1");

        Partition partition = list(request().excludeColumnSchema(true).build()).get(0);
        assertThat(partition.storageDescriptor().hasColumns()).isFalse();
        assertThat(partition.storageDescriptor().location()).isEqualTo("s3://lake/data/");
        assertThat(get("d1").storageDescriptor().hasColumns()).isTrue();
    }

    @Test
    void cutsTheListIntoSegmentsThatShareNothing() {
        List<String> all = IntStream.range(10, 60).mapToObj(i -> "d" + i).toList();
        client.batchCreatePartition(request -> request.databaseName(GlueServer.DATABASE)
                .tableName("t")
                .partitionInputList(all.stream().map(GlueServer::partition).toList()));

        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            List<Partition> segment = list(request()
                    .segment(it -> it.segmentNumber(number).totalSegments(3))
                    .build());
            assertThat(segment).hasSizeBetween(1, 49);
            segment.forEach(partition -> seen.add(partition.values().get(0)));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void refusesASegmentThatThereIsNot() {
        assertThatThrownBy(() -> list(request()
                        .segment(it -> it.segmentNumber(3).totalSegments(3))
                        .build()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not below TotalSegments 3");
    }

    @Test
    void refusesAnExpression() {
        assertThatThrownBy(() -> list(request().expression("day = 'd1'").build()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not supported");
    }

    private static BatchUpdatePartitionRequestEntry entry(String value, PartitionInput input) {
        return BatchUpdatePartitionRequestEntry.builder()
                .partitionValueList(value)
                .partitionInput(input)
                .build();
    }

    private static GetPartitionsRequest.Builder request() {
        return GetPartitionsRequest.builder().databaseName(GlueServer.DATABASE).tableName("t");
    }

    private List<Partition> list(GetPartitionsRequest request) {
        return client.getPartitionsPaginator(request).stream()
                .flatMap(page -> page.partitions().stream())
                .toList();
    }

    private List<String> days() {
        return list(request().build()).stream()
                .map(partition -> partition.values().get(0))
                .toList();
    }

    private Partition get(String day) {
        return client.getPartition(request ->
                        request.databaseName(GlueServer.DATABASE).tableName("t").partitionValues(day))
                .partition();
    }
}

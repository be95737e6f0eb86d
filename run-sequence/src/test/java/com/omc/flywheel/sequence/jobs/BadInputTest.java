package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.MAPPING;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_SOURCE;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import com.omc.flywheel.sequence.s3.EmbeddedS3Options;
import com.omc.flywheel.testdata.Fault;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input ends in one failure that says what to mend, and what was published before stays as it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String[] COLUMNS = {
        "IBE_01,customer_user_id,Key,Customer_User_id,",
        "IBE_01,ibe1802,Home,IBE1802,1802",
        "IBE_01,ibe2001,Age,IBE2001,2001",
        "MIACS_02,miacs_02_017,Spend,MIACS_02_017,17",
        "MIACS_02,miacs_02_018,Spend,MIACS_02_018,18",
    };
    private static final GeneratorOptions SOUND = GeneratorOptions.defaults().withRows(400);

    @TempDir
    static Path data;

    private Lake lake;
    private Map<String, String> published;

    @BeforeAll
    void publishASoundSnapshot() throws Exception {
        lake = new Lake(data);
        generate();
        lake.run(InfobaseSplitAndBucketJob.DEFINITION, splitArguments());
        published = lake.contents(WIDE_TARGET);
        assertThat(published).isNotEmpty();
    }

    @AfterAll
    void stopLake() {
        lake.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments(
                        Fault.NULL_KEYS,
                        FailureKind.BAD_DATA,
                        List.of("3 rows have no customer_user_id", "--MAX_NULL_KEYS")),
                arguments(
                        Fault.DUPLICATE_KEYS,
                        FailureKind.BAD_DATA,
                        List.of("3 rows repeat a customer_user_id", "--MAX_DUPLICATE_KEYS")),
                arguments(
                        Fault.MISSING_COLUMN,
                        FailureKind.BAD_DATA,
                        List.of("s3://lake/mapping/mapping.csv", "line ", "is not a column of the source")),
                arguments(
                        Fault.RENAMED_KEY,
                        FailureKind.BAD_DATA,
                        List.of("the source has no key column customer_user_id")),
                arguments(
                        Fault.UNFINISHED_SNAPSHOT,
                        FailureKind.BAD_DATA,
                        List.of("snapshot_dt=2025-11-01/ is unfinished", "_SUCCESS", "--REQUIRE_SUCCESS")),
                arguments(
                        Fault.INVALID_DATE_FOLDER,
                        FailureKind.BAD_DATA,
                        List.of("snapshot_dt=2025-99-99", "--SNAPSHOT_DT")),
                arguments(Fault.COLUMN_TYPE, FailureKind.BAD_DATA, List.of("has columns of another type", "elsewhere")),
                arguments(Fault.CORRUPT_FILE, FailureKind.BAD_DATA, List.of("is not readable Parquet", "part-0000")),
                arguments(Fault.CORRUPT_PAGE, FailureKind.BAD_DATA, List.of("table", "column", "part-0000")),
                arguments(Fault.STRAY_FILES, FailureKind.BAD_DATA, List.of("notes.txt", "move it away")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isRefusedWithWhatToMend(Fault fault, FailureKind kind, List<String> said) throws Exception {
        generate(fault);

        assertFails(splitArguments(), kind, said);
    }

    @Test
    void coversEveryFaultThatTheGeneratorMakes() {
        Set<Object> covered =
                faults().map(arguments -> arguments.get()[0]).collect(Collectors.toCollection(HashSet::new));
        assertThat(covered).isEqualTo(new HashSet<>(Arrays.asList((Object[]) Fault.values())));
    }

    @Test
    void namesTheMissingMapping() throws Exception {
        generate();
        assertFails(
                splitArguments("CSV_FILE", "s3://lake/mapping/other.csv"),
                FailureKind.MISSING_INPUT,
                List.of("s3://lake/mapping/other.csv", "--CSV_FILE"));
    }

    @Test
    void namesTheEmptyMapping() throws Exception {
        generate();
        lake.store().write(MAPPING, new byte[0], "text/csv");
        assertFails(splitArguments(), FailureKind.BAD_DATA, List.of(MAPPING.toString(), "is empty"));
    }

    @Test
    void reportsEveryProblemOfAMappingAtOnce() throws Exception {
        generate();
        lake.mapping(
                "IBE_01,ibe1802,x,x,1", "IBE_01,ibe1802,x,x,1", "IBE_01,no_such_column,x,x,1", "IBE_01,9lives,x,x,1");
        assertFails(
                splitArguments(),
                FailureKind.BAD_DATA,
                List.of("line 3", "line 4", "no_such_column", "line 5", "9lives", "miacs_02_017", "in no table"));
    }

    @Test
    void reportsEveryWrongArgumentAtOnce() {
        assertFails(
                splitArguments(
                        "SOURCE_PATH",
                        "raw/x",
                        "TARGET_FILE_MB",
                        "0",
                        "SNAPSHOT_DT",
                        "2025-02-30",
                        "BUCKET_CONT",
                        "3",
                        "MAX_COLS",
                        "0"),
                FailureKind.BAD_ARGUMENT,
                List.of(
                        "--SOURCE_PATH",
                        "--TARGET_FILE_MB",
                        "--SNAPSHOT_DT",
                        "--BUCKET_CONT",
                        "did you mean --BUCKET_COUNT?",
                        "--MAX_COLS: expected at least 1"));
    }

    @Test
    void refusesToWriteWhereItReads() {
        assertFails(
                splitArguments("TARGET_PATH", WIDE_SOURCE.toString()),
                FailureKind.BAD_ARGUMENT,
                List.of("--TARGET_PATH", "--SOURCE_PATH", "overlap"));
    }

    @Test
    void namesTheSnapshotThatIsNotThere() throws Exception {
        generate();
        assertFails(
                splitArguments("SNAPSHOT_DT", "2024-01-01"),
                FailureKind.MISSING_INPUT,
                List.of("snapshot_dt=2024-01-01", "2025-11-01, 2025-10-01"));
    }

    @Test
    void namesTheSourceThatHasNoSnapshots() throws Exception {
        generate();
        assertFails(
                splitArguments("SOURCE_PATH", "s3://lake/nothing/here/"),
                FailureKind.MISSING_INPUT,
                List.of("s3://lake/nothing/here/", "--SOURCE_PATH"));
    }

    @Test
    void namesTheBucketThatIsNotThere() throws Exception {
        generate();
        assertFails(
                splitArguments("SOURCE_PATH", "s3://no-such-bucket/raw/"),
                FailureKind.MISSING_INPUT,
                List.of("s3://no-such-bucket/raw/", "no such bucket"));
        assertFails(
                splitArguments("TARGET_PATH", "s3://no-such-bucket/out/"),
                FailureKind.MISSING_INPUT,
                List.of("s3://no-such-bucket/out/", "no such bucket"));
    }

    @Test
    void namesTheEndpointThatDoesNotAnswer() {
        Map<String, String> nobody = Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        assertThatThrownBy(() -> Lake.run(nobody, InfobaseSplitAndBucketJob.DEFINITION, splitArguments()))
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE))
                .hasMessageContaining("http://127.0.0.1:1")
                .hasMessageContaining("AWS_ENDPOINT_URL");
    }

    @Test
    void namesTheActionThatWasDenied() throws Exception {
        generate();
        try (EmbeddedS3 guarded = lake.otherServer(EmbeddedS3Options.open().withCredentials("nobody", "has these"))) {
            assertThatThrownBy(() -> Lake.run(
                            Map.of("AWS_ENDPOINT_URL", guarded.endpoint().toString()),
                            InfobaseSplitAndBucketJob.DEFINITION,
                            splitArguments()))
                    .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.kind())
                            .isEqualTo(FailureKind.ACCESS_DENIED))
                    .hasMessageContaining("s3:GetObject on s3://lake/mapping/mapping.csv");
        }
        assertThat(lake.contents(WIDE_TARGET)).isEqualTo(published);
    }

    /** A role that may write and not delete would otherwise find out after hours, with old files beside new ones. */
    @ParameterizedTest
    @CsvSource({
        "PUT, s3:PutObject on s3://lake/split_cluster/infobase_attributes/_flywheel/lease/",
        "POST, s3:DeleteObject on s3://lake/split_cluster/infobase_attributes/_flywheel/lease/"
    })
    void saysThatWritingWasDeniedBeforeItReadsARow(String method, String said) throws Exception {
        generate();
        URI server = URI.create(lake.environment().get("AWS_ENDPOINT_URL_S3"));
        try (RecordingProxy guard =
                new RecordingProxy(server, request -> request.method().equals(method))) {
            assertThatThrownBy(() -> Lake.run(
                            Map.of("AWS_ENDPOINT_URL", guard.endpoint().toString()),
                            InfobaseSplitAndBucketJob.DEFINITION,
                            splitArguments("FORCE", "true")))
                    .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.kind())
                            .isEqualTo(FailureKind.ACCESS_DENIED))
                    .hasMessageContaining(said);
        }
        assertThat(lake.contents(WIDE_TARGET)).isEqualTo(published);
    }

    private void generate(Fault... faults) throws Exception {
        Path mapping = lake.mapping(COLUMNS);
        lake.generate(SOUND.withMapping(mapping).withFaults(faults));
    }

    private void assertFails(Map<String, String> arguments, FailureKind kind, List<String> said) {
        assertThatThrownBy(() -> lake.run(InfobaseSplitAndBucketJob.DEFINITION, arguments))
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(kind))
                .satisfies(failure -> said.forEach(text -> assertThat(failure).hasMessageContaining(text)))
                .hasMessageStartingWith(kind.name());
        assertThat(lake.contents(WIDE_TARGET)).isEqualTo(published);
    }
}

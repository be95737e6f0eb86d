package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.Launch;
import com.omc.flywheel.common.job.PlanningJobs;
import com.omc.flywheel.jobs.infobasesplitandpart.InfobaseSplitAndPartJob;
import com.omc.flywheel.jobs.prepareparttables.PreparePartTablesJob;
import com.omc.flywheel.jobs.registerparttables.RegisterPartTablesJob;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import com.omc.flywheel.sequence.glue.EmbeddedGlueCatalog;
import com.omc.flywheel.sequence.plan.SequencePlan;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import com.omc.flywheel.sequence.s3.EmbeddedS3Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class PlanCommandTest {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    private static final String BUCKET = "s3://flywheel-local/";
    private static final String SOURCE = BUCKET + "generated/rows=200/infobase_attributes/raw_input/";
    private static final String MAPPING =
            """
            OMC_FLYWHEEL_TABLE,OMC_FLYWHEEL_COLUMN,FUNCTION_DESCRIPTION,OPUS_COLUMN,ELEMENT_NUMBER
            IBE_01,ibe1802,Home,IBE1802,1802
            IBE_02,ibe2007,Age,IBE2007,2007
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private Path work;
    private Path mapping;

    @BeforeEach
    void writeAMapping() throws IOException {
        work = folder.resolve("work");
        mapping = Files.writeString(folder.resolve("mapping.csv"), MAPPING);
    }

    /** Hadoop keeps a connection for each bucket as long as the JVM lives, and each test has a server of its own. */
    @AfterEach
    void closeConnections() throws IOException {
        FileSystem.closeAll();
    }

    @Test
    void plansBucketedBeforeTheFirstRun() {
        assertThat(plan(LocalSequence.BUCKETED)).as(errors()).isZero();

        assertThat(printed())
                .contains(
                        "1 of 6  resolve-snapshot: job etl-omc-flywheel-local-resolve-snapshot",
                        "    --SOURCE_PATHS " + SOURCE + ",",
                        "  all steps would read snapshot 2025-11-01",
                        "  writes s3://flywheel-local/runs/bucketed/<execution>/snapshot.json",
                        "2 of 6  infobase-split-and-bucket: job etl-omc-flywheel-local-infobase-split-and-bucket",
                        "    --ALLOW_DROPPED_COLUMNS true",
                        "    --TARGET_PATH s3://flywheel-local/split_cluster/infobase_attributes/",
                        "5 of 6  register-staged-tables-addressable: job etl-omc-flywheel-local-register-staged-tables",
                        "    --ENGINE spark",
                        "    CREATE TABLE `flywheel_local`.`tmp_bucketed_ibe_01_<run>` USING PARQUET CLUSTERED BY"
                                + " (`customer_user_id`) INTO 256 BUCKETS LOCATION"
                                + " 's3://flywheel-local/bucketed/bucketed_ibe_01/run=<run>/' AS SELECT"
                                + " `customer_user_id`, `ibe1802` FROM `flywheel_local`.`ext_ibe_01`",
                        "would tell nobody, since there is no topic: Flywheel local: bucketed ended well",
                        "planned bucketed; nothing was changed")
                .containsPattern("reads snapshot 2025-11-01: 200 rows in 4 files, [0-9.]+ MB, from " + SOURCE)
                .containsPattern(
                        "IBE_01 +2 +200 +1 +[0-9.]+ KB +%ssplit_cluster/infobase_attributes/IBE_01/".formatted(BUCKET))
                .containsPattern("ext_ibe_02 +2 +none +2025-11-01 +new +" + BUCKET)
                .containsPattern("bucketed_ibe_02 +2 +200 +256 +[0-9.]+ KB +flywheel_local.ext_ibe_02")
                .containsPattern("bucketed_addressable_ids +9 +\\d+ +256 ")
                .doesNotContain("_NONE_", "--KMS_KEY_ID");
    }

    @Test
    void plansPartitionedBeforeTheFirstRun() {
        assertThat(plan(LocalSequence.PARTITIONED, "--id-buckets", "4", "--skip", "generate-cleanrooms-report"))
                .as(errors())
                .isZero();

        assertThat(printed())
                .contains(
                        "    --ID_BUCKETS 4",
                        "  no SQL: the catalog is asked itself",
                        "AS SELECT `customer_user_id` AS `row_id`, `customer_user_id` FROM"
                                + " `flywheel_local`.`part_addressable_ids` WHERE `snapshot_dt` = DATE '2025-11-01'",
                        "s3://flywheel-local/data-monitor-reports/ACX_Data_Monitor_Report_<time>.json",
                        "9 of 9  generate-cleanrooms-report: skipped",
                        "planned partitioned; nothing was changed")
                .containsPattern("IBE_01 .*split_part/infobase_attributes/IBE_01/snapshot_dt=2025-11-01/")
                .containsPattern("part_ibe_01 +2 +snapshot_dt date, id_bucket int +1 +new +" + BUCKET)
                .containsPattern("part_ibe_01 +snapshot_dt=2025-11-01/id_bucket=0 to 3 +none +0 +none")
                .containsPattern("part_addressable_ids_er +2 +\\d+ +2025-11-01 ")
                .doesNotContain("ACX_Cleanroom_Report");
    }

    @Test
    void plansWithAthenaWhatAthenaIsSent() {
        LocalSequence sequence = LocalSequence.PARTITIONED;
        CommandOptions options = CommandOptions.read(new PlanCommand(HOME, sequence).options(), words());
        LocalSequenceCommand local = new LocalSequenceCommand(HOME, sequence);
        LocalWorkspace workspace = LocalWorkspace.of(HOME, Optional.of(work));
        Set<String> skipped = new LinkedHashSet<>();
        LocalEnvironment environment = local.environment(
                options, workspace, LocalSequenceCommand.source(options, workspace), skipped, System.out);
        ObjectNode input = LocalSequenceCommand.input(options);
        LocalSequenceCommand.leaveOut(skipped, input);
        environment.override("prepare-part-tables", "REPAIR", "athena");
        environment.override("prepare-part-tables", "WORKGROUP", "primary");
        environment.override("prepare-part-tables", "RESULTS_S3", "s3://flywheel-local/results/");
        environment.override("create-part-addressable-ids-er-table", "ENGINE", "athena");
        environment.override("create-part-addressable-ids-er-table", "ATHENA_WORKGROUP", "primary");
        environment.override(
                "create-part-addressable-ids-er-table", "ATHENA_RESULTS_S3", "s3://flywheel-local/results/");
        AwsJsonEndpoint services = AwsJsonEndpoint.start(EmbeddedGlueCatalog.inMemory());

        try (services;
                EmbeddedS3 server = EmbeddedS3.start(
                        HOME, workspace.s3(), EmbeddedS3Options.open().asReadOnly())) {
            server.adoptFiles("flywheel-local");
            Map<String, String> variables = new LocalTables(server.endpoint(), services.endpoint()).environment();
            try (PlanningJobs jobs = PlanningJobs.connectAnonymously(variables, Clock.systemUTC())) {
                new SequencePlan(
                                SequenceSteps.read(HOME, sequence.name()),
                                LocalEnvironment.JOB_PREFIX,
                                environment.jobs(HOME),
                                jobs)
                        .print(
                                local.machine(environment),
                                input,
                                new PrintStream(output, true, StandardCharsets.UTF_8));
            }
        }

        assertThat(printed())
                .contains("    MSCK REPAIR TABLE `flywheel_local`.`part_ibe_01`", "external_location")
                .containsPattern("(?m)^ {4}CREATE TABLE .*part_addressable_ids_er_<run>");
    }

    @Test
    void putsTheSourceAndTheMappingIntoTheWorkspaceAndChangesNothingElse() throws Exception {
        plan(LocalSequence.BUCKETED);
        Map<String, String> before = checksums();
        assertThat(before.keySet()).allMatch(file -> file.matches("s3/flywheel-local/(generated|mapping)/.*"));

        FileSystem.closeAll();
        plan(LocalSequence.BUCKETED, "--force");
        FileSystem.closeAll();
        plan(LocalSequence.PARTITIONED);

        assertThat(checksums().entrySet()).containsAll(before.entrySet()).allMatch(file -> file.getKey()
                .matches("s3/flywheel-local/(generated|mapping)/.*"));
    }

    @Test
    void saysWhatIsPublishedAlreadyAndWhatASecondSnapshotWouldAdd() throws Exception {
        plan(LocalSequence.PARTITIONED);
        FileSystem.closeAll();
        publishTheFirstSnapshot();
        Map<String, String> before = checksums();
        output.reset();

        assertThat(plan(LocalSequence.PARTITIONED)).as(errors()).isZero();

        assertThat(printed())
                .contains("already published with this source, mapping and arguments; nothing is written")
                .containsPattern("part_ibe_01 +2 +snapshot_dt date +1 +unchanged +" + BUCKET)
                .containsPattern("part_ibe_01 +none +none +1 +none")
                .containsPattern("part_addressable_ids +snapshot_dt=2025-11-01 +none +0 +none");
        assertThat(checksums()).isEqualTo(before);

        FileSystem.closeAll();
        output.reset();
        assertThat(plan(LocalSequence.PARTITIONED, "--snapshots", "2025-11-01,2025-12-01"))
                .as(errors())
                .isZero();

        assertThat(printed())
                .contains("all steps would read snapshot 2025-12-01")
                .containsPattern("part_ibe_01 +2 +snapshot_dt date +2 +changed: of the files that would be written ")
                .containsPattern("part_ibe_01 +snapshot_dt=2025-12-01 +none +1 +none");
        assertThat(checksums()).containsAllEntriesOf(before);

        FileSystem.closeAll();
        output.reset();
        plan(LocalSequence.PARTITIONED, "--snapshot-dt", "2025-11-01", "--force");

        assertThat(printed()).containsPattern("part_ibe_01 +none +snapshot_dt=2025-11-01 +0 +none");
    }

    @Test
    void goesOnAfterAStepThatWouldFailAndNamesItAtTheEnd() {
        assertThat(plan(LocalSequence.BUCKETED, "--tables", "IBE_01,IBE_99")).isEqualTo(2);

        assertThat(printed())
                .contains(
                        "not planned: BAD_ARGUMENT",
                        "not planned: MISSING_INPUT: the tables of"
                                + " s3://flywheel-local/split_cluster/infobase_attributes/ are not known",
                        "flywheel_local.ext_addressable_ids ")
                .doesNotContain("nothing was changed");
        assertThat(errors())
                .contains(
                        "bucketed is not planned as a whole, and nothing was changed:",
                        "infobase-split-and-bucket: BAD_ARGUMENT",
                        "IBE_99",
                        "register-staged-tables-infobase: MISSING_INPUT");
    }

    @Test
    void saysWhatAStepAloneLacks() {
        assertThat(plan(LocalSequence.BUCKETED, "--only", "create-athena-bucketed-tables"))
                .isEqualTo(FailureKind.MISSING_INPUT.exitCode());

        assertThat(printed()).contains("2 of 6  infobase-split-and-bucket: skipped");
        assertThat(errors())
                .contains("create-athena-bucketed-tables: MISSING_INPUT: the tables to copy are not known:"
                        + " register-staged-tables has described no table flywheel_local.ext_*");
    }

    /** As a run does: the workspace's own catalog, and jobs that write. */
    private void publishTheFirstSnapshot() throws IOException {
        try (EmbeddedS3 server = EmbeddedS3.start(HOME, work.resolve("s3"));
                AwsJsonEndpoint services = AwsJsonEndpoint.start(EmbeddedGlueCatalog.keptIn(work.resolve("catalog")))) {
            LocalTables tables = new LocalTables(server.endpoint(), services.endpoint());
            tables.createDatabase("flywheel_local");
            String target = BUCKET + "split_part/infobase_attributes/";
            run(
                    tables,
                    InfobaseSplitAndPartJob.DEFINITION,
                    "--SNAPSHOT_DT 2025-11-01 --SOURCE_PATH %s --TARGET_PATH %s --ALLOW_DROPPED_COLUMNS true --CSV_FILE %smapping/mapping/mapping.csv"
                            .formatted(SOURCE, target, BUCKET));
            run(
                    tables,
                    RegisterPartTablesJob.DEFINITION,
                    "--SNAPSHOT_DT 2025-11-01 --SOURCE_PATH %s --STAGED_DB flywheel_local".formatted(target));
            run(tables, PreparePartTablesJob.DEFINITION, "--DATABASE flywheel_local --REPAIR catalog");
        } finally {
            FileSystem.closeAll();
        }
    }

    private static void run(LocalTables tables, JobDefinition<?> job, String arguments) {
        new Launch(tables.environment(), System.out).run(job, List.of(arguments.split(" ", -1)));
    }

    private int plan(LocalSequence sequence, String... more) {
        List<String> words = new ArrayList<>(List.of("plan", sequence.name()));
        words.addAll(words());
        words.addAll(List.of(more));
        return new Main(List.of(new PlanCommand(HOME, sequence)))
                .run(
                        words,
                        new PrintStream(output, true, StandardCharsets.UTF_8),
                        new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    private List<String> words() {
        return List.of(
                "--rows", "200", "--work", work.toString(), "--mapping", mapping.toString(), "--allow-dropped-columns");
    }

    private String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    /** Of every file of the workspace. */
    private Map<String, String> checksums() throws IOException, GeneralSecurityException {
        Map<String, String> checksums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                checksums.put(work.relativize(file).toString(), new BigInteger(1, digest).toString(16));
            }
        }
        return checksums;
    }
}

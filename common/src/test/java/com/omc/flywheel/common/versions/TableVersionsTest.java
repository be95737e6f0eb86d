package com.omc.flywheel.common.versions;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.versions.VersionsFixture.BASE;
import static com.omc.flywheel.common.versions.VersionsFixture.COLUMNS;
import static com.omc.flywheel.common.versions.VersionsFixture.FIRST;
import static com.omc.flywheel.common.versions.VersionsFixture.FOURTH;
import static com.omc.flywheel.common.versions.VersionsFixture.JOB;
import static com.omc.flywheel.common.versions.VersionsFixture.NOVEMBER;
import static com.omc.flywheel.common.versions.VersionsFixture.NOVEMBERS;
import static com.omc.flywheel.common.versions.VersionsFixture.OCTOBER;
import static com.omc.flywheel.common.versions.VersionsFixture.OCTOBERS;
import static com.omc.flywheel.common.versions.VersionsFixture.SECOND;
import static com.omc.flywheel.common.versions.VersionsFixture.THIRD;
import static com.omc.flywheel.common.versions.VersionsFixture.WIDE;
import static com.omc.flywheel.common.versions.VersionsFixture.id;
import static com.omc.flywheel.common.versions.VersionsFixture.options;
import static com.omc.flywheel.common.versions.VersionsFixture.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.query.CreateTableAs;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.versions.TableOutcome.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableVersionsTest {
    private static final String TABLE = "bucketed_ibe_01";

    @TempDir
    private Path machine;

    private VersionsFixture lake;

    @BeforeEach
    void startWithNothing() {
        lake = new VersionsFixture(machine);
    }

    @Test
    void buildsAVersionInAFolderOfItsOwnAndDescribesIt() {
        StoredTable source = lake.stage("IBE_01", OCTOBER, OCTOBERS, 10);

        List<TableOutcome> outcomes = bring(FIRST, options(2), lake.wanted(source));

        String location = BASE + "bucketed_ibe_01/run=" + FIRST + "/";
        TableOutcome outcome = outcomes.get(0);
        assertThat(outcome.change()).isEqualTo(Change.BUILT);
        assertThat(outcome.rows()).isEqualTo(10);
        assertThat(outcome.files()).isEqualTo(2);
        assertThat(outcome.bytes()).isPositive();
        assertThat(outcome.location()).hasToString(location);
        StoredTable table = lake.catalog.find(id(TABLE)).orElseThrow();
        assertThat(table.location()).isEqualTo(location);
        assertThat(table.columns()).isEqualTo(COLUMNS);
        assertThat(table.buckets()).contains(VersionsFixture.BUCKETS);
        assertThat(table.description()).isEqualTo("snapshot_dt=2025-10-01; run=" + FIRST);
        assertThat(table.parameters())
                .containsEntry("comment", table.description())
                .containsEntry("flywheel.job", JOB)
                .containsEntry("flywheel.run", FIRST.value())
                .containsEntry("flywheel.source_run", OCTOBERS.value())
                .containsEntry("flywheel.rows", "10")
                .containsEntry("flywheel.key", "customer_user_id")
                .containsEntry("flywheel.key_type", "string");
        lake.assertAtRest(TABLE, FIRST);
    }

    @Test
    void tellsTheRecordOfItsQueryBeforeItsEndAndOfItsFilesAfterIt() {
        List<String> records = new ArrayList<>();
        String record = BASE + "_flywheel/versions/bucketed_ibe_01/" + FIRST + ".json";
        lake.engine.meanwhile = () -> records.add(lake.store.text(record));

        bring(FIRST, options(2), lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10)));

        assertThat(records.get(0))
                .contains("\"state\" : \"BUILDING\"", "query-1-of-" + FIRST, "bucketed_ibe_01/run=" + FIRST);
        assertThat(lake.store.text(record))
                .contains("\"state\" : \"PUBLISHED\"", "_bucket-00000\"", "_bucket-00001\"", "\"rows\" : 5");
    }

    @Test
    void leavesATableAloneThatHoldsTheSameRunsRows() {
        WantedTable wanted = lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10));
        bring(FIRST, options(2), wanted);
        List<String> objects = lake.store.objects();
        List<String> changes = lake.catalog.changes();

        assertThat(bring(SECOND, options(2), wanted).get(0).change()).isEqualTo(Change.UNCHANGED);

        assertThat(lake.store.objects()).isEqualTo(objects);
        assertThat(lake.catalog.changes()).isEqualTo(changes);
        assertThat(lake.engine.statements()).hasSize(1);
    }

    @Test
    void buildsAgainWhenForced() {
        WantedTable wanted = lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10));
        bring(FIRST, options(2), wanted);

        VersionOptions forced = new VersionOptions(JOB, BASE, EngineChoice.ATHENA, 1, 2, true, false);
        assertThat(bring(SECOND, forced, wanted).get(0).change()).isEqualTo(Change.BUILT);
        lake.assertAtRest(TABLE, FIRST, SECOND);
    }

    @Test
    void buildsAgainForAnotherBucketCountOrColumnOrWhenAFileIsGone() {
        StoredTable source = lake.stage("IBE_01", OCTOBER, OCTOBERS, 10);
        bring(FIRST, options(1), lake.wanted(source));

        lake.store.delete(List.of(S3Uri.parse(
                lake.engine.writtenTo(lake.location(TABLE)).orElseThrow().get(0))));
        assertThat(bring(SECOND, options(1), lake.wanted(source)).get(0).change())
                .isEqualTo(Change.BUILT);

        WantedTable others = WantedTable.copyOf(
                id(TABLE),
                source,
                origin(WIDE, "IBE_01", OCTOBER, OCTOBERS),
                Optional.of(new Buckets("customer_user_id", 8)),
                10);
        assertThat(bring(THIRD, options(1), others).get(0).change()).isEqualTo(Change.BUILT);

        StoredTable wider = lake.stage(
                origin(WIDE, "IBE_01", OCTOBER, OCTOBERS),
                IntStream.range(0, 4)
                        .mapToObj(i -> i < 3 ? COLUMNS.get(i) : new CatalogColumn("more", "bigint", ""))
                        .toList(),
                10);
        assertThat(bring(FOURTH, options(1), lake.wanted(wider)).get(0).change())
                .isEqualTo(Change.BUILT);
        lake.assertAtRest(TABLE, FOURTH);
    }

    @Test
    void changesACommentWithoutBuildingAgain() {
        bring(FIRST, options(2), lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10)));
        List<CatalogColumn> commented =
                List.of(COLUMNS.get(0), new CatalogColumn("ibe1802", "int", "a better word"), COLUMNS.get(2));

        StoredTable source = lake.stage(origin(WIDE, "IBE_01", OCTOBER, OCTOBERS), commented, 10);
        assertThat(bring(SECOND, options(2), lake.wanted(source)).get(0).change())
                .isEqualTo(Change.DESCRIBED);

        assertThat(lake.catalog.find(id(TABLE)).orElseThrow().columns()).isEqualTo(commented);
        lake.assertAtRest(TABLE, FIRST);
    }

    /** B16: the old job dropped the table first, so that a failure left none, and forgot the files of old versions. */
    @Test
    void showsTheVersionBeforeUntilTheNextOneIsWholeAndAfterAFailure() {
        bring(FIRST, options(2), lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10)));
        StoredTable source = lake.stage("IBE_01", NOVEMBER, NOVEMBERS, 20);
        List<RunId> seen = new ArrayList<>();
        lake.engine.meanwhile = () -> seen.add(lake.read(TABLE));
        lake.engine.failure = Optional.of(new JobFailure(FailureKind.BAD_DATA, "HIVE_BAD_DATA in query-2"));

        assertFails(FailureKind.BAD_DATA, () -> bring(SECOND, options(2), lake.wanted(source)))
                .hasMessageContaining("1 of 1 tables failed, the others are as they should be")
                .hasMessageContaining("lake.bucketed_ibe_01: BAD_DATA: HIVE_BAD_DATA in query-2");

        assertThat(seen).containsExactly(OCTOBERS);
        assertThat(lake.read(TABLE)).isEqualTo(OCTOBERS);
        lake.assertAtRest(TABLE, FIRST);
        lake.engine.failure = Optional.empty();
        bring(THIRD, options(2), lake.wanted(source));
        assertThat(lake.read(TABLE)).isEqualTo(NOVEMBERS);
        lake.assertAtRest(TABLE, FIRST, THIRD);
    }

    /** B5: the old job counted the tables that failed and ended well. */
    @Test
    void buildsTheOthersWhenOneFailsAndFailsNamingEach() {
        List<WantedTable> wanted = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> lake.wanted(lake.stage("IBE_0" + i, OCTOBER, OCTOBERS, 10)))
                .toList();
        lake.engine.badSource = Optional.of("ext_ibe_02");
        lake.engine.failure = Optional.of(new JobFailure(FailureKind.BAD_DATA, "HIVE_BAD_DATA"));

        assertFails(FailureKind.BAD_DATA, () -> lake.versions(FIRST, options(2)).bring(wanted))
                .hasMessageContaining("1 of 3 tables failed")
                .hasMessageContaining("lake.bucketed_ibe_02")
                .hasMessageNotContaining("lake.bucketed_ibe_01")
                .hasMessageNotContaining("lake.bucketed_ibe_03");

        assertThat(lake.catalog.names()).contains("lake.bucketed_ibe_01", "lake.bucketed_ibe_03");
        lake.assertAtRest("bucketed_ibe_02");
    }

    @Test
    void doesNotSwitchToAVersionOfOtherRows() {
        lake.engine.rowsMissing = 1;
        assertNotSwitched("its 2 files hold 9 rows, the source has 10 by its manifest");
    }

    @Test
    void doesNotSwitchToAVersionThatLacksAColumn() {
        lake.engine.withoutLastColumn = true;
        assertNotSwitched("the column select is not in these files: 20251102_031500_00007_abcde_bucket-00000, ");
    }

    @Test
    void doesNotSwitchToAVersionOfAnotherBucketCount() {
        lake.engine.otherBucketCount = Optional.of(3);
        assertNotSwitched(
                "the catalog has it with 3 buckets by customer_user_id, wanted were 4 buckets by customer_user_id");
    }

    @Test
    void doesNotSwitchToBucketsOfAnotherHash() {
        lake.engine.otherParameters = Map.of("bucketing_version", "2");
        assertNotSwitched("its buckets are of Hive's version 2, wanted was 1: readers would miss rows");
    }

    @Test
    void doesNotSwitchToFilesWhoseNamesTellNoBucketOrOneTooHigh() {
        lake.engine.otherName = Optional.of("part-00001-0a1b_00001.c000.snappy.parquet");
        assertNotSwitched(
                "files whose names tell no bucket, so readers would take them for any: part-00001-0a1b_00001.c000.snappy.parquet");
        lake.engine.otherName = Optional.of("000004_0_part-00001");
        assertNotSwitched("files of buckets that are not below 4: 000004_0_part-00001");
        lake.engine.otherName = Optional.of("deeper/000001_0");
        assertNotSwitched("files in folders below it, which not every reader looks into: deeper/000001_0");
    }

    @Test
    void doesNotSwitchToWhatTheEngineHasNotDescribedOrHasPutElsewhere() {
        lake.engine.withoutTable = true;
        assertNotSwitched("the engine has described no table in the catalog");
        lake.engine.withoutTable = false;
        lake.engine.otherLocation = Optional.of(S3Uri.parse("s3://lake/results/tables/7/"));
        assertNotSwitched("the catalog has it at s3://lake/results/tables/7/; a workgroup that enforces");
    }

    @Test
    void doesNotSwitchWhenTheSourceWasChangedMeanwhile() {
        lake.engine.meanwhile = () -> lake.stage("IBE_01", NOVEMBER, NOVEMBERS, 10);

        assertFails(
                        FailureKind.CONFLICT,
                        () -> bring(FIRST, options(2), lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10))))
                .hasMessageContaining(
                        "table lake.ext_ibe_01 was changed while lake.bucketed_ibe_01 was built from it, which stays as it is");
        assertThat(lake.catalog.names()).containsExactly("lake.ext_ibe_01");
        lake.assertAtRest(TABLE);
    }

    @Test
    void doesNotSwitchWhenItHasLostTheLease() {
        boolean[] lost = new boolean[1];
        lake.engine.meanwhile = () -> lost[0] = true;
        Runnable requireHeld = () -> {
            if (lost[0]) {
                throw new JobFailure(FailureKind.CONFLICT, "the lease is lost");
            }
        };
        WantedTable wanted = lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10));

        assertFails(FailureKind.CONFLICT, () -> new TableVersions(
                                lake.context(FIRST), lake.engine, requireHeld, options(2))
                        .bring(List.of(wanted)))
                .hasMessageContaining("the lease is lost");
        assertThat(lake.catalog.names()).doesNotContain("lake.bucketed_ibe_01");
    }

    @Test
    void doesNotSwitchToAVersionThatAnotherRunHasTakenForLeft() {
        String record = BASE + "_flywheel/versions/bucketed_ibe_01/" + FIRST + ".json";
        boolean[] settled = new boolean[1];
        Steps thief = new Steps(Steps.Step.NOTHING, call -> {
            if (!settled[0]
                    && lake.store.objects().contains(record)
                    && lake.store.text(record).contains("BUILT")) {
                settled[0] = true;
                lake.versions(SECOND, options(2)).recover();
            }
        });
        StoredTable source = lake.stage("IBE_01", OCTOBER, OCTOBERS, 10);

        assertFails(FailureKind.CONFLICT, () -> lake.versions(FIRST, options(2), thief)
                        .bring(List.of(lake.wanted(source))))
                .hasMessageContaining("was changed by another run, which took run " + FIRST + " for killed");
        assertThat(settled[0]).isTrue();
        assertThat(lake.catalog.names()).containsExactly("lake.ext_ibe_01");
        lake.assertAtRest(TABLE);
    }

    /** The later run deletes what it takes for left: readers who were sent there now would find nothing. */
    @Test
    void leavesReadersWhereARunThatTookItsPlaceHasSentThem() {
        bring(FIRST, options(2), lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10)));
        WantedTable november = lake.wanted(lake.stage("IBE_01", NOVEMBER, NOVEMBERS, 20));
        Steps rival = rivalBeforeTheSwitch(november);

        assertFails(FailureKind.CONFLICT, () -> lake.versions(SECOND, options(2), rival)
                        .bring(List.of(november)))
                .hasMessageContaining("update on lake.bucketed_ibe_01: somebody changed or deleted it meanwhile");

        assertThat(lake.location(TABLE)).contains(THIRD.value());
        assertThat(lake.read(TABLE)).isEqualTo(NOVEMBERS);
        lake.assertAtRest(TABLE, FIRST, THIRD);
    }

    @Test
    void leavesANewTableThatARunThatTookItsPlaceHasMade() {
        WantedTable november = lake.wanted(lake.stage("IBE_01", NOVEMBER, NOVEMBERS, 20));
        Steps rival = rivalBeforeTheSwitch(november);

        assertFails(FailureKind.CONFLICT, () -> lake.versions(SECOND, options(2), rival)
                        .bring(List.of(november)))
                .hasMessageContaining("create on lake.bucketed_ibe_01: there is a table of another definition");

        assertThat(lake.location(TABLE)).contains(THIRD.value());
        lake.assertAtRest(TABLE, THIRD);
    }

    @Test
    void doesNotSwitchWhenItLosesTheLeaseAtTheVeryEnd() {
        boolean[] lost = new boolean[1];
        Steps way = beforeTheSwitch(() -> lost[0] = true);
        Runnable requireHeld = () -> {
            if (lost[0]) {
                throw new JobFailure(FailureKind.CONFLICT, "the lease is lost");
            }
        };
        WantedTable wanted = lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10));

        assertFails(FailureKind.CONFLICT, () -> new TableVersions(
                                lake.context(SECOND, way.to(ObjectStore.class, lake.store), lake.catalog),
                                lake.engine,
                                requireHeld,
                                options(2))
                        .bring(List.of(wanted)))
                .hasMessageContaining("the lease is lost");
        assertThat(lake.catalog.names()).doesNotContain("lake.bucketed_ibe_01");
    }

    /** An update may have taken effect although its last attempt was refused. */
    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"CONFLICT", "SERVICE", "ACCESS_DENIED", "BAD_ARGUMENT"})
    void deletesNothingOnceTheSwitchWasSent(FailureKind kind) {
        bring(FIRST, options(2), lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10)));
        WantedTable november = lake.wanted(lake.stage("IBE_01", NOVEMBER, NOVEMBERS, 20));
        Steps[] way = new Steps[1];
        way[0] = new Steps(
                call -> {
                    if (way[0].calls().get(call - 1).startsWith("update ")) {
                        throw new JobFailure(kind, "refused");
                    }
                },
                Steps.Step.NOTHING);

        assertFails(kind, () -> lake.versions(SECOND, options(2), way[0]).bring(List.of(november)))
                .hasMessageContaining("whether lake.bucketed_ibe_01 is sent to")
                .hasMessageContaining("so nothing is deleted; start the job again, or with --RECOVER_ONLY true");

        assertThat(lake.store.objects().stream().filter(object -> object.contains("run=" + SECOND)))
                .hasSize(2);
        lake.versions(THIRD, options(2)).recover();
        lake.assertAtRest(TABLE, FIRST);
    }

    @Test
    void asksTheEngineOnceBeforeAnythingIsWritten() {
        lake.engine.unprepared = Optional.of(new JobFailure(FailureKind.BAD_ARGUMENT, "the workgroup is disabled"));
        List<WantedTable> wanted = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> lake.wanted(lake.stage("IBE_0" + i, OCTOBER, OCTOBERS, 10)))
                .toList();

        assertFails(FailureKind.BAD_ARGUMENT, () -> lake.versions(FIRST, options(2))
                        .bring(wanted))
                .hasMessage("BAD_ARGUMENT: the workgroup is disabled");
        assertThat(lake.store.objects()).isEmpty();
    }

    /** Readers of another version of Hive's buckets find no rows, and no error. */
    @Test
    void describesATableAnewWhoseBucketsSomebodyCallsOtherwise() {
        WantedTable wanted = lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10));
        bring(FIRST, options(2), wanted);
        lake.catalog.outsider().setParameter(id(TABLE), "bucketing_version", "2");

        assertThat(bring(SECOND, options(2), wanted).get(0).change()).isEqualTo(Change.DESCRIBED);

        assertThat(lake.catalog.find(id(TABLE)).orElseThrow().parameters()).containsEntry("bucketing_version", "1");
        lake.assertAtRest(TABLE, FIRST);
    }

    @Test
    void refusesATableThatIsNotItsOwnUnlessItTakesItOverAndNeverDeletesItsFiles() {
        StoredTable source = lake.stage("IBE_01", OCTOBER, OCTOBERS, 10);
        lake.store.put("s3://lake/foreign/000000_0", "theirs");
        lake.catalog.put(
                id(TABLE),
                new TableDefinition(
                        "", COLUMNS, List.of(), S3Uri.parse("s3://lake/foreign/"), Optional.empty(), Map.of()));

        assertFails(FailureKind.CONFLICT, () -> bring(FIRST, options(1), lake.wanted(source)))
                .hasMessageContaining("lake.bucketed_ibe_01 is there already and was not made by this program")
                .hasMessageContaining("--TAKE_OVER true");
        assertThat(lake.engine.statements()).isEmpty();

        bring(SECOND, new VersionOptions(JOB, BASE, EngineChoice.ATHENA, 1, 1, false, true), lake.wanted(source));
        assertThat(lake.read(TABLE)).isEqualTo(OCTOBERS);
        assertThat(lake.store.text("s3://lake/foreign/000000_0")).isEqualTo("theirs");
    }

    @Test
    void keepsAsManyVersionsAsAskedAndTheOneThatTheCatalogNames() {
        WantedTable october = lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10));
        VersionOptions forced = new VersionOptions(JOB, BASE, EngineChoice.ATHENA, 1, 3, true, false);
        for (RunId run : List.of(FIRST, SECOND, THIRD)) {
            bring(run, forced, october);
        }
        lake.assertAtRest(TABLE, FIRST, SECOND, THIRD);
        // A person has sent readers back to the first.
        StoredTable now = lake.catalog.find(id(TABLE)).orElseThrow();
        TableDefinition back = october.definition(
                JOB, FIRST, "1.0", S3Uri.parse(now.location().replace(THIRD.value(), FIRST.value())));
        lake.catalog.update(now, back);

        assertThat(bring(FOURTH, options(2), october).get(0).kept()).isEqualTo(2);

        assertThat(lake.read(TABLE)).isEqualTo(OCTOBERS);
        lake.assertAtRest(TABLE, FIRST, THIRD);
    }

    @Test
    void deletesNoVersionThatSomebodyHasSentReadersBackToMeanwhile() {
        WantedTable wanted = lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10));
        bring(FIRST, options(1), wanted);
        Steps[] way = new Steps[1];
        way[0] = new Steps(Steps.Step.NOTHING, call -> {
            if (way[0].calls().get(call - 1).startsWith("update ")) {
                TableDefinition back =
                        wanted.definition(JOB, FIRST, "1.0", BASE.resolve("bucketed_ibe_01/run=" + FIRST + "/"));
                lake.catalog.update(lake.catalog.find(id(TABLE)).orElseThrow(), back);
            }
        });
        VersionOptions forced = new VersionOptions(JOB, BASE, EngineChoice.ATHENA, 1, 1, true, false);

        assertThat(lake.versions(SECOND, forced, way[0])
                        .bring(List.of(wanted))
                        .get(0)
                        .kept())
                .isEqualTo(2);

        assertThat(lake.read(TABLE)).isEqualTo(OCTOBERS);
        lake.assertAtRest(TABLE, FIRST, SECOND);
    }

    @Test
    void deletesOfAnOldVersionWhatItsRecordNamesAndNothingElse() {
        VersionOptions forced = new VersionOptions(JOB, BASE, EngineChoice.ATHENA, 1, 1, true, false);
        WantedTable wanted = lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10));
        bring(FIRST, forced, wanted);
        String foreign = lake.location(TABLE) + "somebody-elses";
        lake.store.put(foreign, "");

        bring(SECOND, forced, wanted);

        assertThat(lake.store.objects().stream().filter(object -> object.contains("run=" + FIRST)))
                .containsExactly(foreign);
    }

    @Test
    void knowsWhatAnEngineHidesFromReadersAndDeletesItWithItsVersion() {
        lake.engine.marksSuccess = true;
        WantedTable wanted = lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10));
        bring(FIRST, options(1), wanted);
        assertThat(bring(SECOND, options(1), wanted).get(0).change()).isEqualTo(Change.UNCHANGED);

        VersionOptions forced = new VersionOptions(JOB, BASE, EngineChoice.SPARK, 1, 1, true, false);
        bring(THIRD, forced, wanted);

        lake.assertAtRest(TABLE, THIRD);
    }

    @Test
    void buildsNoMoreTablesAtATimeThanAsked() {
        CountDownLatch two = new CountDownLatch(2);
        lake.engine.meanwhile = () -> {
            two.countDown();
            try {
                assertThat(two.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        List<WantedTable> wanted = IntStream.rangeClosed(1, 6)
                .mapToObj(i -> lake.wanted(lake.stage("IBE_0" + i, OCTOBER, OCTOBERS, 10)))
                .toList();

        lake.versions(FIRST, new VersionOptions(JOB, BASE, EngineChoice.ATHENA, 2, 1, false, false))
                .bring(wanted);

        assertThat(lake.engine.most()).isEqualTo(2);
    }

    /** B28, B29: the old job copied the first 100 columns, by names that it did not quote. */
    @Test
    void copiesEveryColumnHoweverManyAndWhateverItsName() {
        List<CatalogColumn> columns = new ArrayList<>(COLUMNS);
        IntStream.range(0, 150).forEach(i -> columns.add(new CatalogColumn("order_" + i, "int", "")));
        StoredTable source = lake.stage(origin(WIDE, "IBE_01", OCTOBER, OCTOBERS), columns, 10);

        bring(FIRST, options(1), lake.wanted(source));

        CreateTableAs statement = lake.engine.statements().get(0);
        assertThat(statement.columns())
                .extracting(column -> column.name().value())
                .hasSize(153)
                .containsExactlyElementsOf(
                        columns.stream().map(CatalogColumn::name).toList())
                .contains("select");
        assertThat(lake.catalog.find(id(TABLE)).orElseThrow().columns()).hasSize(153);
        assertThatThrownBy(() -> lake.wanted(lake.stage(
                        origin(WIDE, "IBE_02", OCTOBER, OCTOBERS),
                        List.of(new CatalogColumn("x\" from y --", "int", "")),
                        1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a column name");
    }

    @Test
    void makesATableWithoutBucketsOutOfSomeColumns() {
        StoredTable source = lake.stage("IBE_01", OCTOBER, OCTOBERS, 10);
        WantedTable plain = new WantedTable(
                id("bucketed_plain"),
                source,
                origin(WIDE, "IBE_01", OCTOBER, OCTOBERS),
                lake.wanted(source).columns(),
                COLUMNS,
                Optional.empty(),
                10);
        lake.engine.otherName = Optional.of("20251102_031500_00007_abcde_0a1b2c3d-any");

        assertThat(bring(FIRST, options(1), plain).get(0).buckets()).isEmpty();
        assertThat(bring(SECOND, options(1), plain).get(0).change()).isEqualTo(Change.UNCHANGED);
    }

    @Test
    void settlesAKilledRunByStoppingItsQueryFirst() {
        killWhileBuilding();

        assertThat(lake.versions(SECOND, options(2)).recover())
                .containsExactly("lake.bucketed_ibe_01: what run " + FIRST
                        + " had built and readers were never sent to is deleted");

        assertThat(lake.engine.stopped()).contains("query-1-of-" + FIRST);
        lake.assertAtRest(TABLE);
        assertThat(lake.versions(THIRD, options(2)).recover()).isEmpty();
    }

    @Test
    void doesNotSettleWithAnEngineThatCannotStopTheQuery() {
        killWhileBuilding();
        List<String> objects = lake.store.objects();

        VersionOptions spark = new VersionOptions(JOB, BASE, EngineChoice.SPARK, 1, 1, false, false);
        assertFails(FailureKind.CONFLICT, () -> lake.versions(SECOND, spark).recover())
                .hasMessageContaining("run " + FIRST + " has begun the query query-1-of-" + FIRST)
                .hasMessageContaining("start the job with --ENGINE athena");
        assertThat(lake.store.objects()).isEqualTo(objects);
    }

    @Test
    void refusesARecordThatNamesFilesOfOthers() {
        bring(FIRST, options(1), lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10)));
        String record = BASE + "_flywheel/versions/bucketed_ibe_01/" + FIRST + ".json";
        lake.store.put(
                record, lake.store.text(record).replaceFirst("\"key\" : \"bucketed_ibe_01/", "\"key\" : \"other/"));

        assertFails(FailureKind.CONFLICT, () -> lake.versions(SECOND, options(1))
                        .recover())
                .hasMessageContaining(record + " names files or a folder that are not its own");
    }

    @Test
    void namesTheTemporaryTableByTableAndRunWithinGluesLimit() {
        VersionRecord ordinary = VersionRecord.building(JOB, FIRST, EngineChoice.ATHENA, id(TABLE));
        assertThat(ordinary.temporary()).hasToString("lake.tmp_bucketed_ibe_01_20251201t000000z_00000001");

        TableId one = VersionRecord.building(JOB, FIRST, EngineChoice.ATHENA, id("a".repeat(254) + "1"))
                .temporary();
        TableId other = VersionRecord.building(JOB, FIRST, EngineChoice.ATHENA, id("a".repeat(254) + "2"))
                .temporary();
        assertThat(one.table().value()).hasSize(255);
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void refusesToMakeOneTableTwice() {
        WantedTable wanted = lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10));

        assertThatThrownBy(() -> lake.versions(FIRST, options(1)).bring(List.of(wanted, wanted)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a table is wanted twice");
    }

    private Steps rivalBeforeTheSwitch(WantedTable wanted) {
        return beforeTheSwitch(() -> {
            lake.versions(THIRD, options(2)).recover();
            bring(THIRD, options(2), wanted);
        });
    }

    /** Right after the last look of the second run at its own record. */
    private Steps beforeTheSwitch(Runnable action) {
        String look = "read %s_flywheel/versions/bucketed_ibe_01/%s.json".formatted(BASE, SECOND);
        Steps[] way = new Steps[1];
        way[0] = new Steps(Steps.Step.NOTHING, call -> {
            if (way[0].calls().get(call - 1).equals(look)) {
                action.run();
            }
        });
        return way[0];
    }

    private void killWhileBuilding() {
        boolean[] killed = new boolean[1];
        lake.engine.meanwhile = () -> killed[0] = true;
        Steps way = new Steps(call -> failIf(killed[0]), call -> failIf(killed[0]));
        assertFails(FailureKind.SERVICE, () -> lake.versions(FIRST, options(2), way)
                        .bring(List.of(lake.wanted(lake.stage("IBE_01", OCTOBER, OCTOBERS, 10)))))
                .hasMessageContaining("killed");
        assertThat(lake.store.objects()).hasSize(3);
        assertThat(lake.catalog.names()).hasSize(2);
    }

    private static void failIf(boolean fails) {
        if (fails) {
            throw new JobFailure(FailureKind.SERVICE, "killed");
        }
    }

    private void assertNotSwitched(String why) {
        StoredTable source = lake.stage("IBE_01", OCTOBER, OCTOBERS, 10);
        assertFails(FailureKind.BAD_DATA, () -> bring(FIRST, options(2), lake.wanted(source)))
                .hasMessageContaining("lake.bucketed_ibe_01 stays as it is, since what was built at")
                .hasMessageContaining(why);
        assertThat(lake.catalog.names()).containsExactly("lake.ext_ibe_01");
        assertThat(lake.store.objects()).isEmpty();
    }

    private List<TableOutcome> bring(RunId run, VersionOptions options, WantedTable wanted) {
        return lake.versions(run, options).bring(List.of(wanted));
    }
}

package com.omc.flywheel.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.PendingUpload;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "com.omc.flywheel.common";
    private static final Path SOURCES =
            Path.of(System.getProperty("flywheel.home")).resolve("common/src/main/java");

    private static JavaClasses common;

    @BeforeAll
    static void read() {
        common = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    @Test
    void looksAtEveryClassOfTheModule() {
        assertThat(common).hasSizeGreaterThan(80);
    }

    @Test
    void hasNoCyclesBetweenFeatures() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(common);
    }

    @Test
    void hasPureRules() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..snapshot..",
                        "..mapping..",
                        "..columns..",
                        "..sizing..",
                        "..failure..",
                        "..arguments..",
                        "..progress..",
                        "..report..",
                        "..page..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.spark..",
                        "org.apache.hadoop..",
                        "org.apache.parquet..",
                        "scala..",
                        "software.amazon.awssdk..")
                .check(common);
    }

    @Test
    void speaksToAwsInItsAdaptersOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".aws..")
                .and()
                .haveNameNotMatching(".*\\.storage\\.S3[^.]*")
                .and()
                .haveNameNotMatching(".*\\.catalog\\.Glue[^.]*")
                .and()
                .haveNameNotMatching(".*\\.query\\.Athena[^.]*")
                .and()
                .haveNameNotMatching(".*\\.cleanrooms\\.Aws[^.]*")
                .and()
                .haveNameNotMatching(".*\\.entityresolution\\.Aws[^.]*")
                .and()
                .haveNameNotMatching(".*\\.notice\\.Sns[^.]*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(common);
    }

    @Test
    void leavesTheEndOfTheProcessToThePlatform() {
        noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(common);
    }

    @Test
    void readsTheClockThatItIsHanded() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(common);
    }

    /** What they delete is named by a mark of the journal, by a record of a version, or is a number of the lease. */
    @Test
    void deletesInThePublicationAndItsRecordsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".storage..")
                .and()
                .doNotHaveSimpleName("Publication")
                .and()
                .doNotHaveSimpleName("Journal")
                .and()
                .doNotHaveSimpleName("LeaseFolder")
                .and()
                .doNotHaveSimpleName("VersionRecords")
                .should()
                .callMethod(ObjectStore.class, "delete", Collection.class)
                .orShould()
                .callMethod(ObjectStore.class, "abort", PendingUpload.class)
                .check(common);
    }

    @Test
    void neverOverwritesWhichDeletesFirst() {
        noClasses().should().accessField(SaveMode.class, "Overwrite").check(common);
    }

    @Test
    void neverNamesOverwritingInText() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(70).allSatisfy(file -> assertThat(Files.readString(file))
                    .doesNotContainIgnoringCase("\"overwrite\"")
                    .doesNotContainIgnoringCase("partitionOverwriteMode"));
        }
    }
}

package com.omc.flywheel.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "com.omc.flywheel.jobs";

    private static JavaClasses jobs;

    @BeforeAll
    static void read() {
        jobs = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    @Test
    void hasAllJobsBeforeIt() {
        assertThat(JobCatalog.all()).isNotEmpty().allSatisfy(job -> assertThat(jobs.contain(job.mainClass()))
                .as(job.name())
                .isTrue());
    }

    @Test
    void keepsJobsApart() {
        slices().matching(ROOT + ".(*)..").should().notDependOnEachOther().check(jobs);
    }

    @Test
    void reachesSparkAndAwsThroughTheLibraryOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.spark..",
                        "org.apache.hadoop..",
                        "org.apache.parquet..",
                        "scala..",
                        "software.amazon.awssdk..")
                .check(jobs);
    }

    @Test
    void knowsNothingOfWhatRunsIt() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.omc.flywheel.sequence..")
                .check(jobs);
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
                .check(jobs);
    }

    @Test
    void keepsNothingBetweenRuns() {
        fields().that().areStatic().should().beFinal().check(jobs);
    }
}

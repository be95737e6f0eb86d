package com.omc.flywheel.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.job.JobDefinition;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobCatalogTest {
    @Test
    void listsEveryClassWithAMainMethodAndNoOther() {
        List<String> launched = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(JobCatalog.class.getPackageName())
                        .stream()
                        .filter(JobCatalogTest::hasMain)
                        .map(JavaClass::getName)
                        .toList();

        assertThat(JobCatalog.all())
                .extracting(job -> job.mainClass().getName())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(launched);
    }

    @Test
    void givesEachJobANameOfItsOwnInKebabCase() {
        assertThat(JobCatalog.all())
                .extracting(JobDefinition::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void namesPackageMainClassAndArgumentsAfterTheJob() {
        assertThat(JobCatalog.all()).allSatisfy(job -> {
            String inPackage =
                    JobCatalog.class.getPackageName() + "." + job.name().replace("-", "") + ".";
            assertThat(job.mainClass().getName())
                    .isEqualToIgnoringCase(inPackage + job.name().replace("-", "") + "Job")
                    .startsWith(inPackage);
            assertThat(job.arguments().getName())
                    .isEqualTo(job.mainClass().getName().replaceFirst("Job$", "Arguments"));
        });
    }

    @Test
    void saysInOneSentenceWhatAJobIsFor() {
        assertThat(JobCatalog.all())
                .allSatisfy(job -> assertThat(job.purpose()).as(job.name()).matches("[a-z][^.\\n]{20,120}\\."));
    }

    private static boolean hasMain(JavaClass type) {
        return type.tryGetMethod("main", String[].class)
                .filter(method -> method.getModifiers().contains(JavaModifier.STATIC))
                .isPresent();
    }
}

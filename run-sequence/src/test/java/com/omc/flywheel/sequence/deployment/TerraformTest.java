package com.omc.flywheel.sequence.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.sequence.deployment.TerraformText.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of Terraform agree with their page, and take what jobs and sequences take. */
class TerraformTest {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    private static final Path TERRAFORM = HOME.resolve("terraform");
    private static final Path MODULES = TERRAFORM.resolve("modules");

    static Stream<String> modules() throws IOException {
        try (Stream<Path> modules = Files.list(MODULES)) {
            return modules.map(module -> module.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void thePageHasTheVariablesOfTheRootModule() throws IOException {
        List<String> rows = Files.readString(TERRAFORM.resolve("README.md"))
                .replaceFirst("(?s).*<!-- variables -->\n", "")
                .replaceFirst("(?s)<!-- end -->.*", "")
                .lines()
                .skip(2)
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        variables(TERRAFORM).stream().map(TerraformTest::row).toList());
    }

    private static String row(Variable variable) {
        String value = variable.settings().get("default");
        return "| `%s` | `%s` | %s | %s |"
                .formatted(
                        variable.name(),
                        variable.settings().get("type"),
                        value == null ? "needed" : "`%s`".formatted(value),
                        variable.settings().get("description").replaceAll("^\"|\"$", ""));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aVariableOfAModuleIsTypedDescribedAndValidated(String module) throws IOException {
        assertThat(unsaid(variables(MODULES.resolve(module)), Set.of())).isEmpty();
    }

    @Test
    void aVariableOfTheRootModuleIsTypedAndDescribedAndValidatedThereOrWhereItGoes() throws IOException {
        List<Variable> ofModules = new ArrayList<>();
        for (String module : modules().toList()) {
            ofModules.addAll(variables(MODULES.resolve(module)));
        }
        Set<String> validated = ofModules.stream()
                .filter(Variable::validated)
                .map(Variable::name)
                .collect(Collectors.toSet());

        assertThat(unsaid(variables(TERRAFORM), validated)).isEmpty();
    }

    @Test
    void findsWhatAVariableDoesNotSay() {
        List<Variable> variables = new TerraformText(
                        """
                        variable "shape" {
                          description = "What it looks like"
                        }

                        variable "sizes" {
                          type = map(object({
                            width = optional(number)
                          }))
                          description = "How large it is."
                          default     = {}
                          validation {
                            condition     = true
                            error_message = "sizes must be right."
                          }
                        }
                        """)
                .variables();

        assertThat(unsaid(variables, Set.of()))
                .containsExactly("shape: no type", "shape: no sentence", "shape: no validation");
        assertThat(row(variables.get(1)))
                .isEqualTo("| `sizes` | `map(object({ width = optional(number) }))` | `{}` | How large it is. |");
    }

    /** A switch has no other values than its type says. */
    private static List<String> unsaid(List<Variable> variables, Set<String> validatedElsewhere) {
        assertThat(variables).isNotEmpty();
        List<String> unsaid = new ArrayList<>();
        for (Variable variable : variables) {
            String type = variable.settings().getOrDefault("type", "");
            if (type.isEmpty()) {
                unsaid.add(variable.name() + ": no type");
            }
            if (!variable.settings().getOrDefault("description", "").endsWith(".\"")) {
                unsaid.add(variable.name() + ": no sentence");
            }
            if (!variable.validated() && !type.equals("bool") && !validatedElsewhere.contains(variable.name())) {
                unsaid.add(variable.name() + ": no validation");
            }
        }
        return unsaid;
    }

    private static List<Variable> variables(Path module) throws IOException {
        return TerraformText.read(module.resolve("variables.tf")).variables();
    }

    @Test
    void theCatalogOfJobsGivesTheValuesThatSettingsAreTriedWith() throws IOException {
        assertThat(TerraformText.read(MODULES.resolve("job-catalog/main.tf")).keys("/jobs.json\", {"))
                .isEqualTo(SampleEnvironment.dev().settings().keySet());
    }

    @Test
    void stateMachinesGetTheValuesThatSequencesAreTriedWith() throws IOException {
        assertThat(TerraformText.read(MODULES.resolve("orchestration/main.tf")).keys("templatefile("))
                .isEqualTo(SampleEnvironment.dev().sequences().keySet());
    }

    @Test
    void rolesMayWriteWhereAJobWritesThatIsNotTold() throws IOException {
        List<TerraformText.JobDefault> defaults =
                TerraformText.read(MODULES.resolve("iam/main.tf")).defaultsOfJobs().stream()
                        .filter(taken -> !Set.of("_NONE_", "*").contains(taken.value()))
                        .toList();

        assertThat(defaults).hasSizeGreaterThan(5).allSatisfy(taken -> assertThat(
                        SettingsRules.jobs().get(taken.job()).argumentRecord().markdown())
                .as(taken.toString())
                .contains("| `%s` | `%s` |".formatted(taken.argument(), taken.value())));
    }
}

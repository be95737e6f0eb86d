package com.omc.flywheel.sequence.deployment;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final Path FILE = Path.of("some.json");

    @TempDir
    private Path folder;

    @Test
    void namesWhatItNeedsOnceEach() {
        assertThat(template("{\"a\": \"${root}x/${part_2}\", \"b\": \"${root}\", \"c\": \"$.d\"}")
                        .names())
                .containsExactly("part_2", "root");
    }

    @Test
    void putsTheValuesIn() {
        assertThat(template("{\"a\": \"${root}x/\", \"b.$\": \"$$.Execution.Name\"}")
                        .render(Map.of("root", "s3://lake/", "of_another_file", "x")))
                .isEqualTo("{\"a\": \"s3://lake/x/\", \"b.$\": \"$$.Execution.Name\"}");
    }

    @Test
    void keepsAValueATextWhateverItsCharactersAre() {
        assertThat(template("\"${a}\"").render(Map.of("a", "q\" s\\ n\n $1 ${b}")))
                .isEqualTo("\"q\\\" s\\\\ n\\n $1 ${b}\"");
    }

    @Test
    void namesEveryValueThatIsAbsent() {
        assertFails(FailureKind.BAD_ARGUMENT, () -> template("${a} ${b} ${c}").render(Map.of("b", "x")))
                .hasMessageContaining("some.json needs values of a, c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${upper(a)}", "${A}", "$${a}", "%{ if a }", "${ a }", "${a.b}", "${"})
    void refusesWhatTerraformWouldReadOtherwise(String text) {
        assertFails(FailureKind.BAD_DATA, () -> template("{\"x\": \"" + text + "\"}"))
                .hasMessageContainingAll("some.json: \"", text.substring(0, 2), "is more than a name in ${...}");
    }

    @Test
    void saysWhichFileOfTheProjectIsNotThere() {
        Path absent = folder.resolve("absent.json");

        assertFails(FailureKind.ENVIRONMENT, () -> Template.read(absent))
                .hasMessageContaining("cannot read %s", absent)
                .hasMessageContaining("a file of this project");
    }

    private static Template template(String text) {
        return new Template(FILE, text);
    }
}

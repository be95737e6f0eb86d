package com.omc.flywheel.common.arguments;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records that {@link ArgumentRecord} refuses when it is made: any test that touches the job finds them. */
class ArgumentRecordDeclarationsTest {
    record WithoutAnnotation(String sourcePath) {}

    record OfNoReadableType(@Argument(help = "Text.", example = "x") StringBuilder text) {}

    record OfATypeWhoseParseIsAnotherThing(@Argument(help = "Text.", example = "x") Parsing text) {}

    record OptionalWithDefault(@Argument(help = "Text.", example = "x", defaultValue = "y") Optional<String> text) {}

    record Twice(
            @Argument(help = "Text.", example = "x") String text,
            @Argument(help = "Text.", example = "x", name = "TEXT") String other) {}

    /** Has a method of that name that is no factory. */
    public static final class Parsing {
        public static String parse(String text) {
            return text;
        }
    }

    @Test
    void areRefusedWhenTheyAreNotDeclaredWell() {
        assertThatThrownBy(() -> new ArgumentRecord<>(WithoutAnnotation.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("WithoutAnnotation.sourcePath has no @Argument");
        assertThatThrownBy(() -> new ArgumentRecord<>(OfNoReadableType.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("java.lang.StringBuilder has no static parse(String)");
        assertThatThrownBy(() -> new ArgumentRecord<>(OfATypeWhoseParseIsAnotherThing.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("Parsing.parse is not static or returns something else");
        assertThatThrownBy(() -> new ArgumentRecord<>(OptionalWithDefault.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("OptionalWithDefault.text is optional and has a default");
        assertThatThrownBy(() -> new ArgumentRecord<>(Twice.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("Twice declares --TEXT twice");
    }

    record BadExample(@Argument(help = "A number.", example = "many") int number) {}

    record BadDefault(@Argument(help = "A number.", example = "1", defaultValue = "many") int number) {}

    @Test
    void areRefusedWhenAnExampleOrADefaultDoesNotParse() {
        assertThatThrownBy(() -> new ArgumentRecord<>(BadExample.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("BadExample.number: expected a whole number, got \"many\"");
        assertThatThrownBy(() -> new ArgumentRecord<>(BadDefault.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("BadDefault.number: expected a whole number, got \"many\"");
    }

    record ExampleBelowTheLeast(@Argument(help = "A number.", example = "0", min = 1) int number) {}

    @Test
    void areRefusedWhenAnExampleIsBelowTheLeastValue() {
        assertThatThrownBy(() -> new ArgumentRecord<>(ExampleBelowTheLeast.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("ExampleBelowTheLeast.number: expected at least 1, got 0");
    }

    @SuppressWarnings("rawtypes")
    record RawOptional(@Argument(help = "Text.", example = "x") Optional text) {}

    record OptionalList(@Argument(help = "Text.", example = "x") Optional<List<String>> text) {}

    @Test
    void areRefusedWhenAnOptionalDoesNotSayOfWhat() {
        assertThatThrownBy(() -> new ArgumentRecord<>(RawOptional.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("RawOptional.text is an Optional of no plain type");
        assertThatThrownBy(() -> new ArgumentRecord<>(OptionalList.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("OptionalList.text is an Optional of no plain type");
    }
}

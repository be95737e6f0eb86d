package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.JobFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LocalGlueCommandTest {
    private final LocalGlueCommand command = new LocalGlueCommand(Path.of(System.getProperty("flywheel.home")));

    @TempDir
    private Path data;

    @Test
    void servesUntilItIsInterruptedAndKeepsTheCatalog() throws Exception {
        for (String database : List.of("first", "second")) {
            try (PipedInputStream printed = new PipedInputStream()) {
                PrintStream output = new PrintStream(new PipedOutputStream(printed), true, StandardCharsets.UTF_8);
                Thread thread = new Thread(() -> command.run(options("--data", data.toString()), output));
                thread.start();
                URI endpoint = URI.create(new Scanner(printed, StandardCharsets.UTF_8)
                        .findAll(Pattern.compile("AWS_ENDPOINT_URL_GLUE=(\\S+)"))
                        .map((MatchResult match) -> match.group(1))
                        .findFirst()
                        .orElseThrow());

                assertThat(call(
                                endpoint,
                                "CreateDatabase",
                                "{\"DatabaseInput\": {\"Name\": \"%s\"}}".formatted(database)))
                        .isEqualTo("{}");
                assertThat(call(endpoint, "GetDatabase", "{\"Name\": \"first\"}"))
                        .contains("\"Name\":\"first\"");
                thread.interrupt();
                thread.join(30_000);
                assertThat(thread.isAlive()).isFalse();
                assertThat(answers(endpoint)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"--port, many, a whole number", "--port, 70000, 65535", "--port, -1, 65535"})
    void namesTheOptionThatCannotBeRead(String option, String value, String expected) {
        CommandOptions options = options("--data", data.toString(), option, value);

        assertThatThrownBy(() -> command.run(
                        options, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)))
                .isInstanceOf(JobFailure.class)
                .hasMessageContainingAll("BAD_ARGUMENT: " + option, value, expected);
    }

    private CommandOptions options(String... words) {
        return CommandOptions.read(command.options(), List.of(words));
    }

    private static String call(URI endpoint, String operation, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/"))
                .header("X-Amz-Target", "AWSGlue." + operation)
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Another program may have been given the port meanwhile. */
    private static boolean answers(URI endpoint) throws Exception {
        try {
            return call(endpoint, "GetDatabase", "{\"Name\": \"first\"}").contains("\"Name\":\"first\"");
        } catch (IOException e) {
            return false;
        }
    }
}

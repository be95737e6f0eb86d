package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.JobFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
class LocalS3CommandTest {
    private final LocalS3Command command = new LocalS3Command(Path.of(System.getProperty("flywheel.home")));

    @TempDir
    private Path data;

    @Test
    void servesUntilItIsInterrupted() throws Exception {
        try (PipedInputStream printed = new PipedInputStream()) {
            PrintStream output = new PrintStream(new PipedOutputStream(printed), true, StandardCharsets.UTF_8);
            Thread thread =
                    new Thread(() -> command.run(options("--data", data.toString(), "--bucket", "lake"), output));
            thread.start();
            URI endpoint = URI.create(new Scanner(printed, StandardCharsets.UTF_8)
                    .findAll(Pattern.compile("AWS_ENDPOINT_URL_S3=(\\S+)"))
                    .map((MatchResult match) -> match.group(1))
                    .findFirst()
                    .orElseThrow());

            assertThat(listens(endpoint)).isTrue();
            assertThat(data.resolve("lake")).isDirectory();
            thread.interrupt();
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
            assertThat(listens(endpoint)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"--port, many, a whole number", "--port, 70000, 65535", "--bucket, UPPER, not the name of an S3 bucket"
    })
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

    private static boolean listens(URI endpoint) {
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}

package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.job.Launch;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many requests a run of all 27 tables sends to S3; {@code -Dflywheel.rows=200000} is the size that the README
 * states the budget for.
 */
class RequestBudgetIT {
    private static final int ROWS = Integer.getInteger("flywheel.rows", 600);
    private static final int BUDGET = 2_500;
    private static final Pattern PRINTED = Pattern.compile("([0-9,]+) requests to S3");

    @Test
    void sendsFewRequestsAndSaysHowMany(@TempDir Path data) throws Exception {
        try (Lake lake = new Lake(data);
                RecordingProxy proxy =
                        new RecordingProxy(URI.create(lake.environment().get("AWS_ENDPOINT_URL_S3")))) {
            lake.productionMapping();
            lake.generate(GeneratorOptions.defaults().withRows(ROWS).withSnapshots(LocalDate.of(2025, 11, 1)));

            long printed = printedBy(proxy);

            System.out.printf("%,d requests at %,d rows: %s%n", printed, ROWS, byKind(proxy));
            assertThat(printed).isEqualTo(proxy.requests().size()).isLessThan(BUDGET);
        }
    }

    private static long printedBy(RecordingProxy proxy) throws Exception {
        List<String> tokens = new ArrayList<>();
        splitArguments().forEach((name, value) -> tokens.addAll(List.of("--" + name, value)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new Launch(
                            Map.of("AWS_ENDPOINT_URL_S3", proxy.endpoint().toString()),
                            new PrintStream(out, true, StandardCharsets.UTF_8))
                    .run(InfobaseSplitAndBucketJob.DEFINITION, tokens);
        } finally {
            FileSystem.closeAll();
        }
        Matcher printed = PRINTED.matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(printed.find()).as(out.toString(StandardCharsets.UTF_8)).isTrue();
        return Long.parseLong(printed.group(1).replace(",", ""));
    }

    private static Map<String, Long> byKind(RecordingProxy proxy) {
        return proxy.requests().stream()
                .map(request -> (request.path().contains("/opus/")
                                        || request.query().contains("prefix=opus")
                                ? "source "
                                : request.headers().getFirst("User-Agent").contains("Hadoop")
                                        ? "tasks "
                                        : "publishing ")
                        + request.method())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }
}

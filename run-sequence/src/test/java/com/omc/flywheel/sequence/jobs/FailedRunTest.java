package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.ROOT;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.progress.Progress;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.testdata.Fault;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that ends early, wherever it is, leaves what was published and nothing of its own: no file and no upload. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailedRunTest {
    private static final String[] MAPPING = {
        "IBE_01,ibe1802,x,x,1", "IBE_02,ibe2001,x,x,1", "IBE_03,ibe3001,x,x,1", "IBE_04,ibe4001,x,x,1",
    };

    @TempDir
    static Path data;

    private Lake lake;
    private Map<String, String> published;
    private List<String> files;

    @BeforeAll
    void startLake() throws Exception {
        lake = new Lake(data);
        generate();
        publish();
    }

    @AfterAll
    void stopLake() {
        lake.close();
    }

    @Test
    void leavesNothingWhenOneTableFailsAndOthersAreWritten() throws Exception {
        generate(Fault.CORRUPT_PAGE);
        Watcher watcher = new Watcher(text -> {});

        assertThatThrownBy(() -> run(watcher))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("1 of 4 tables failed, none is published");

        assertThat(watcher.told)
                .filteredOn(text -> text.matches("IBE_0\\d: .*"))
                .hasSize(3);
        assertNothingIsLeft();
    }

    /** Where a run may be when its process ends: the text is what the job says then. */
    @ParameterizedTest
    @ValueSource(strings = {"reading the key column", "writing 4 tables", "IBE_0", "publishing 4 tables"})
    void leavesNothingWhenItIsStopped(String where) throws Exception {
        generate();
        Watcher watcher = new Watcher(text -> {
            if (text.startsWith(where)) {
                throw new IllegalStateException("stopped at " + text);
            }
        });

        assertThatThrownBy(() -> run(watcher))
                .isInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining("stopped at " + where);

        assertNothingIsLeft();
    }

    @Test
    void isFollowedByARunThatPublishes() throws Exception {
        generate();
        Watcher watcher = new Watcher(text -> {
            if (text.startsWith("publishing")) {
                throw new IllegalStateException("stopped");
            }
        });
        assertThatThrownBy(() -> run(watcher))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("stopped");
        Manifest before = lake.manifest(WIDE_TARGET);
        int objects = published.size();

        publish();

        assertThat(lake.manifest(WIDE_TARGET).runId()).isNotEqualTo(before.runId());
        assertThat(published).hasSize(objects);
    }

    private void publish() throws IOException {
        lake.run(InfobaseSplitAndBucketJob.DEFINITION, splitArguments("FORCE", "true"));
        published = lake.contents(WIDE_TARGET);
        files = filesBesideTheSource();
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(lake.contents(WIDE_TARGET)).isEqualTo(published);
        assertThat(lake.store().pendingUploads(ROOT)).isEmpty();
        // The server keeps parts of unfinished uploads where no listing shows them.
        assertThat(filesBesideTheSource()).isEqualTo(files);
    }

    private List<String> filesBesideTheSource() throws IOException {
        Path bucket = lake.files(ROOT);
        try (Stream<Path> paths = Files.walk(bucket)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> bucket.relativize(path).toString())
                    .filter(path -> !path.startsWith("opus/"))
                    .filter(path -> !path.matches(".*/_flywheel/journal/.*/(prepared|undone)\\.json"))
                    .map(path -> path.replaceFirst("/lease/\\d+\\.json", "/lease/n.json"))
                    .sorted()
                    .toList();
        }
    }

    private void generate(Fault... faults) throws IOException {
        Path mapping = lake.mapping(MAPPING);
        lake.generate(
                GeneratorOptions.defaults().withRows(400).withMapping(mapping).withFaults(faults));
    }

    private void run(Watcher watcher) {
        lake.run(watchedBy(watcher, InfobaseSplitAndBucketJob.DEFINITION), splitArguments("FORCE", "true"));
    }

    private static <A extends Record> JobDefinition<A> watchedBy(Watcher watcher, JobDefinition<A> job) {
        return new JobDefinition<>(
                job.name(), job.purpose(), job.arguments(), job.mainClass(), (arguments, context) -> job.body()
                        .apply(
                                arguments,
                                new JobContext(
                                        context.store(),
                                        context.footers(),
                                        context.catalog(),
                                        context.queries(),
                                        context.services(),
                                        context.sparkStart(),
                                        context.clock(),
                                        context.runId(),
                                        context.process(),
                                        watcher,
                                        context.requests(),
                                        context.jarVersion())));
    }

    /** Sees where a run is, in the words for a person, and may end it there. */
    private static final class Watcher implements Progress {
        private final Consumer<String> reaction;
        private final Queue<String> told = new ConcurrentLinkedQueue<>();

        Watcher(Consumer<String> reaction) {
            this.reaction = reaction;
        }

        @Override
        public void phase(String name, int steps) {
            step(name);
        }

        @Override
        public void step(String text) {
            told.add(text);
            reaction.accept(text);
        }

        @Override
        public void done() {}
    }
}

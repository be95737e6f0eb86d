package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Glue needs of the jar with the jobs: nothing in it stands in the way of Glue's own libraries, nothing lacks. */
class ShadedJarIT {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    private static final Path JOBS_JAR = HOME.resolve("jobs/target/jobs.jar");
    private static final Path SPARK_JARS = HOME.resolve("run-sequence/target/spark/jars");
    private static final String SHADED = "com.omc.flywheel.shaded.";

    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(JOBS_JAR.toFile());
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    @Test
    void holdsOurClassesRelocatedOnesAndSparksCommittersOnly() {
        assertThat(entries(jar).filter(name -> name.endsWith(".class")))
                .contains("com/omc/flywheel/shaded/software/amazon/awssdk/services/s3/S3Client.class")
                .contains("com/omc/flywheel/shaded/org/apache/commons/csv/CSVParser.class")
                .contains("org/apache/spark/internal/io/cloud/PathOutputCommitProtocol.class")
                .allMatch(name ->
                        name.startsWith("com/omc/flywheel/") || name.startsWith("org/apache/spark/internal/io/cloud/"));
    }

    @Test
    void holdsNothingTwiceNorSignedNorModular() {
        List<String> names = entries(jar).toList();

        assertThat(names).doesNotHaveDuplicates();
        assertThat(names).noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
        assertThat(names).noneMatch(name -> name.endsWith("module-info.class"));
    }

    @Test
    void namesItsVersion() throws IOException {
        assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                .matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void holdsEveryClassThatItsServiceAndInterceptorFilesName() throws IOException {
        Set<String> classes = classes(jar);
        List<String> named = new ArrayList<>();
        for (String file : entries(jar)
                .filter(name -> name.matches("META-INF/services/[^/]+") || isInterceptorFile(name))
                .toList()) {
            named.addAll(classNamesIn(jar, file));
        }

        assertThat(named)
                .contains(SHADED + "software.amazon.awssdk.http.apache.ApacheSdkHttpService")
                .allSatisfy(name -> assertThat(classes).contains(name));
    }

    /** Relocation renames these files but not the classes that they name, and the SDK then runs without them. */
    @Test
    void namesEveryInterceptorOfTheSdkModulesInIt() throws IOException {
        Set<String> classes = classes(jar);
        Set<String> named = entries(jar)
                .filter(ShadedJarIT::isInterceptorFile)
                .flatMap(file -> classNamesIn(jar, file).stream())
                .collect(Collectors.toSet());

        int modules = 0;
        for (Path original : classPathJars()) {
            try (JarFile module = new JarFile(original.toFile())) {
                if (classes(module).stream().noneMatch(name -> classes.contains(SHADED + name))) {
                    continue;
                }
                modules++;
                assertThat(entries(module)
                                .filter(ShadedJarIT::isInterceptorFile)
                                .flatMap(file -> classNamesIn(module, file).stream())
                                .map(name -> SHADED + name))
                        .as("interceptors of %s", original.getFileName())
                        .isSubsetOf(named);
            }
        }
        assertThat(modules).as("modules looked at").isGreaterThan(10);
    }

    @Test
    void refersOnlyToWhatItHoldsOrSparkProvides() throws IOException {
        String runtime;
        try (Stream<Path> files = Files.list(SPARK_JARS)) {
            runtime = files.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
        StringWriter printed = new StringWriter();
        PrintWriter writer = new PrintWriter(printed);
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();

        int exitCode = jdeps.run(
                writer, writer, "--multi-release", "17", "--missing-deps", "-cp", runtime, JOBS_JAR.toString());

        assertThat(exitCode).as("jdeps: %s", printed).isZero();
        assertThat(printed.toString().lines().filter(line -> line.contains(" -> ") && !line.startsWith("jobs.jar")))
                // The SDK's native transfer library, which it does without.
                .filteredOn(line -> !line.contains(SHADED + "software.amazon.awssdk.crt."))
                .isEmpty();
    }

    private static Stream<String> entries(JarFile jar) {
        return jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName);
    }

    private static Set<String> classes(JarFile jar) {
        return entries(jar)
                .filter(name -> name.endsWith(".class"))
                .map(name ->
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                .collect(Collectors.toSet());
    }

    private static boolean isInterceptorFile(String name) {
        return name.endsWith("/execution.interceptors");
    }

    private static List<String> classNamesIn(JarFile jar, String file) {
        try (InputStream content = jar.getInputStream(jar.getEntry(file))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> classPathJars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .toList();
    }
}

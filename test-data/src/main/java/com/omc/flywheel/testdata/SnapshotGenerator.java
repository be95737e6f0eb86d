package com.omc.flywheel.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Writes snapshots of the wide table and of the addressable-id table as a producer delivers them:
 * {@code infobase_attributes/raw_input/snapshot_dt=2025-10-01/part-00000-….snappy.parquet} and {@code _SUCCESS}, and
 * {@code addressable_ids/raw_input/…} the same way. {@code _SUCCESS} is written when all files of all snapshots are complete.
 * An existing snapshot folder is never touched.
 */
public final class SnapshotGenerator {
    static final String SUCCESS = "_SUCCESS";

    /** Row groups are built in memory, so that more writers cost more memory and two already keep a laptop busy. */
    private static final int MOST_WRITERS = 2;

    private final GeneratorOptions options;
    private final int writers;

    public SnapshotGenerator(GeneratorOptions options) {
        this(options, Math.min(MOST_WRITERS, Runtime.getRuntime().availableProcessors()));
    }

    SnapshotGenerator(GeneratorOptions options, int writers) {
        this.options = options;
        this.writers = writers;
    }

    /**
     * Writes under a folder, which is made when it is missing.
     *
     * @throws FileAlreadyExistsException before anything is written, when there is a folder of one of the snapshots
     * @throws IllegalArgumentException before anything is written, when the mapping cannot be read as one
     */
    public GeneratedSnapshots writeTo(Path out) throws IOException {
        Path wide = out.resolve("infobase_attributes").resolve("raw_input");
        Path addressable = out.resolve("addressable_ids").resolve("raw_input");
        WideTable table = WideTable.of(wideColumns());
        int files = Math.min(options.files(), options.rows());
        WideFaults newest = new WideFaults(options.faults(), table, files);
        WideFaults older = new WideFaults(Set.of(), table, files);
        for (LocalDate snapshot : options.snapshots()) {
            refuseExisting(folder(wide, snapshot));
            refuseExisting(folder(addressable, snapshot));
        }

        List<FileWriters.Task> tasks = new ArrayList<>();
        long addressableRows = 0;
        for (LocalDate snapshot : options.snapshots()) {
            Population population = new Population(options.seed(), snapshot, options.rows());
            WideFaults faults = snapshot.equals(options.newestSnapshot()) ? newest : older;
            KeyFaults keyFaults = KeyFaults.of(faults.faults(), options.rows());
            addTasks(
                    folder(wide, snapshot),
                    files,
                    file -> new WideRows(faults.tableOfFile(file), population, snapshot, keyFaults),
                    tasks);
            AddressableRows ids = new AddressableRows(population, snapshot);
            addTasks(folder(addressable, snapshot), Math.min(options.files(), ids.count()), file -> ids, tasks);
            addressableRows += ids.count();
        }
        FileWriters.run(tasks, writers);

        Map<Fault, String> faults = spoil(wide, newest);
        for (LocalDate snapshot : options.snapshots()) {
            boolean unfinished = newest.has(Fault.UNFINISHED_SNAPSHOT) && snapshot.equals(options.newestSnapshot());
            if (!unfinished) {
                Files.createFile(folder(wide, snapshot).resolve(SUCCESS));
            }
            Files.createFile(folder(addressable, snapshot).resolve(SUCCESS));
        }
        return summary(wide, addressable, addressableRows, faults);
    }

    private List<String> wideColumns() throws IOException {
        return options.mapping().isPresent()
                ? MappingColumns.read(options.mapping().get())
                : MappingLayout.columns();
    }

    private static void refuseExisting(Path folder) throws IOException {
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(
                    folder.toString(),
                    null,
                    "a generated snapshot is never overwritten: delete it or choose another folder");
        }
    }

    private void addTasks(Path folder, int files, IntFunction<TableRows> rowsOfFile, List<FileWriters.Task> tasks)
            throws IOException {
        Files.createDirectories(folder);
        for (int number = 0; number < files; number++) {
            int file = number;
            Path path = folder.resolve(fileName(folder, file));
            tasks.add(() -> RowRange.ofFile(rowsOfFile.apply(file), file, files, options.rowGroupsPerFile())
                    .writeTo(path));
        }
    }

    private Map<Fault, String> spoil(Path wide, WideFaults faults) throws IOException {
        Path folder = folder(wide, options.newestSnapshot());
        Path firstFile = folder.resolve(fileName(folder, 0));
        Map<Fault, String> places = new EnumMap<>(Fault.class);
        for (Fault fault : faults.faults()) {
            places.put(
                    fault,
                    switch (fault) {
                        case NULL_KEYS, DUPLICATE_KEYS ->
                            KeyFaults.of(Set.of(fault), options.rows()).describe(folder);
                        case MISSING_COLUMN ->
                            "%s: no file has column %s"
                                    .formatted(folder, faults.missingColumn().sourceName());
                        case RENAMED_KEY -> "%s: the key column is called %s".formatted(folder, WideTable.RENAMED_KEY);
                        case COLUMN_TYPE ->
                            "%s: column %s is of another type than in the other files"
                                    .formatted(
                                            file(folder, faults, fault),
                                            faults.columnOfOtherType().sourceName());
                        case CORRUPT_FILE -> FileFaults.cutOff(file(folder, faults, fault));
                        case CORRUPT_PAGE ->
                            FileFaults.overwritePage(
                                    file(folder, faults, fault),
                                    faults.columnOfCorruptPage().sourceName());
                        case UNFINISHED_SNAPSHOT -> FileFaults.leaveTemporary(folder, firstFile);
                        case INVALID_DATE_FOLDER -> FileFaults.addInvalidDateFolder(wide, firstFile);
                        case STRAY_FILES -> FileFaults.addStrayFiles(folder, firstFile);
                    });
        }
        return places;
    }

    private Path file(Path folder, WideFaults faults, Fault fault) {
        return folder.resolve(fileName(folder, faults.fileOf(fault)));
    }

    private GeneratedSnapshots summary(Path wide, Path addressable, long addressableRows, Map<Fault, String> faults)
            throws IOException {
        List<Path> files = Stream.concat(parquetFiles(wide).stream(), parquetFiles(addressable).stream())
                .toList();
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return new GeneratedSnapshots(wide, addressable, files, options.rows(), addressableRows, bytes, faults);
    }

    private static List<Path> parquetFiles(Path table) throws IOException {
        try (Stream<Path> paths = Files.walk(table)) {
            return paths.filter(path -> path.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Path folder(Path table, LocalDate snapshot) {
        return table.resolve("snapshot_dt=" + snapshot);
    }

    /** Of the form that Spark gives its files; one identifier for all files of a folder. */
    private String fileName(Path folder, int file) {
        String identity = "%s/%s/%d"
                .formatted(folder.getParent().getParent().getFileName(), folder.getFileName(), options.seed());
        return "part-%05d-%s-c000.snappy.parquet"
                .formatted(file, UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)));
    }
}

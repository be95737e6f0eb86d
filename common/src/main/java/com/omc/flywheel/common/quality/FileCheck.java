package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.DataSetStatus;
import com.omc.flywheel.common.publish.DataSetStatus.TableFiles;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the store has the files that the manifests name, unchanged, and no others in the tables' folders. */
final class FileCheck {
    private final NextCommands next;

    FileCheck(NextCommands next) {
        this.next = next;
    }

    /** Checks every snapshot of one table of a data set. */
    void check(ObservedDataSet dataSet, String folder, Alerts alerts) {
        Optional<TableFiles> files = dataSet.status().map(status -> status.files());
        Optional<TableEntry> entry = dataSet.entry(folder);
        if (files.isEmpty() || entry.isEmpty()) {
            return;
        }
        Set<String> own = new HashSet<>();
        dataSet.entries(folder)
                .forEach(one -> one.files().stream().map(FileEntry::key).forEach(own::add));
        List<String> problems = new ArrayList<>();
        List<String> missing = among(own, files.get().missing());
        List<String> changed = among(own, files.get().changed());
        if (!missing.isEmpty()) {
            problems.add(
                    "%d of its %d files are not there: %s".formatted(missing.size(), own.size(), Names.list(missing)));
        }
        if (!changed.isEmpty()) {
            problems.add("%d of its %d files are not as they were written: %s"
                    .formatted(changed.size(), own.size(), Names.list(changed)));
        }
        if (!problems.isEmpty()) {
            alerts.error(
                    MonitorCheck.FILES,
                    String.join("; ", problems),
                    next.writeAgain(dataSet, damaged(dataSet, folder, missing, changed)));
        }
        List<String> foreign = foreign(dataSet, folder, files.get());
        if (!foreign.isEmpty()) {
            alerts.error(
                    MonitorCheck.FILES,
                    "readers see %d files that no manifest names: %s".formatted(foreign.size(), Names.list(foreign)),
                    "move them away, or " + next.writeAgain(dataSet, entry.get()) + " --TAKE_OVER true");
        }
    }

    /**
     * Checks what lies in the folders of tables that the catalog does not have.
     *
     * @param described the tables that it has
     */
    static void others(ObservedDataSet dataSet, DataSetStatus status, Set<String> described, Alerts alerts) {
        Set<String> folders = new HashSet<>();
        Set<String> files = new HashSet<>();
        for (Manifest manifest : dataSet.published()) {
            for (TableEntry entry : manifest.tables()) {
                if (described.contains(entry.folder())) {
                    folders.add(manifest.layout().tableFolder(entry.folder()));
                    entry.files().forEach(file -> files.add(file.key()));
                }
            }
        }
        List<String> lost = Stream.concat(status.files().missing().stream(), status.files().changed().stream())
                .filter(key -> !files.contains(key))
                .toList();
        List<String> foreign = status.files().foreign().stream()
                .filter(key -> folders.stream().noneMatch(key::startsWith))
                .toList();
        if (!lost.isEmpty()) {
            alerts.error(
                    MonitorCheck.FILES,
                    "%d files of tables that the catalog does not have are not as they were written: %s"
                            .formatted(lost.size(), Names.list(lost)),
                    status.next());
        }
        if (!foreign.isEmpty()) {
            alerts.error(
                    MonitorCheck.FILES,
                    "%d files in the folders of tables are named by no manifest: %s"
                            .formatted(foreign.size(), Names.list(foreign)),
                    status.next());
        }
    }

    /** The newest snapshot that has one of the files. */
    private static TableEntry damaged(
            ObservedDataSet dataSet, String folder, List<String> missing, List<String> changed) {
        return dataSet.entries(folder).stream()
                .filter(entry -> entry.files().stream()
                        .anyMatch(file -> missing.contains(file.key()) || changed.contains(file.key())))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> among(Set<String> own, List<String> keys) {
        return keys.stream().filter(own::contains).toList();
    }

    private static List<String> foreign(ObservedDataSet dataSet, String folder, TableFiles files) {
        String prefix = dataSet.published().stream()
                .findFirst()
                .map(Manifest::layout)
                .map(layout -> layout.tableFolder(folder))
                .orElse(folder + "/");
        return files.foreign().stream().filter(key -> key.startsWith(prefix)).toList();
    }
}

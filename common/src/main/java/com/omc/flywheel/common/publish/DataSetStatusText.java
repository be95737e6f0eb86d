package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.publish.DataSetStatus.Damage;
import com.omc.flywheel.common.publish.DataSetStatus.Fate;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseHolder;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseState;
import com.omc.flywheel.common.publish.DataSetStatus.Leftovers;
import com.omc.flywheel.common.publish.DataSetStatus.RunStatus;
import com.omc.flywheel.common.publish.DataSetStatus.TableFiles;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.storage.DataSize;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@link DataSetStatus} as a person reads it: a line or some for each part, named at its left. */
final class DataSetStatusText {
    private static final int NAMES_SHOWN = 3;

    private final DataSetStatus status;
    private final StringBuilder text = new StringBuilder();

    DataSetStatusText(DataSetStatus status) {
        this.status = status;
    }

    String render() {
        text.append("%s at %s%n".formatted(status.root(), seconds(status.at())));
        add("published", published());
        add("lease", List.of(lease()));
        add(
                "journal",
                status.runs().isEmpty()
                        ? List.of("no run")
                        : status.runs().stream().map(this::run).toList());
        add("files", files());
        add("left over", leftovers(status.leftovers()));
        add("damaged", status.damages().stream().map(Damage::what).toList());
        add("next", List.of(status.next()));
        return text.toString();
    }

    private void add(String name, List<String> lines) {
        String left = name;
        for (String line : lines) {
            text.append("  %-9s  %s%n".formatted(left, line));
            left = "";
        }
    }

    /** The newest snapshot table by table, the others in two lines each. */
    private List<String> published() {
        if (status.published().isEmpty()) {
            return List.of(
                    status.holdsVersions()
                            ? "versions of tables; the catalog says which of them readers see"
                            : "nothing");
        }
        List<String> lines = new ArrayList<>(published(status.published().get(0)));
        lines.addAll(table(status.published().get(0)).toString().lines().toList());
        status.published().stream().skip(1).forEach(manifest -> lines.addAll(published(manifest)));
        return lines;
    }

    private static List<String> published(Manifest manifest) {
        List<TableEntry> tables = manifest.tables();
        List<String> lines = new ArrayList<>();
        lines.add("snapshot %s by %s, run %s at %s"
                .formatted(manifest.snapshotDt(), manifest.job(), manifest.runId(), seconds(manifest.finishedAt())));
        long files = tables.stream().mapToLong(table -> table.files().size()).sum();
        long bytes = tables.stream().mapToLong(TableEntry::bytes).sum();
        lines.add("%s, %s, %s".formatted(count(tables.size(), "table"), count(files, "file"), DataSize.format(bytes)));
        if (!manifest.superseded().isEmpty()) {
            lines.add("%s of versions before it, until the catalog names them no more"
                    .formatted(count(manifest.supersededKeys().size(), "file")));
        }
        return lines;
    }

    private static TextTable table(Manifest manifest) {
        boolean mixed = manifest.tables().stream().anyMatch(table -> isOfAnother(table, manifest));
        TextTable text = mixed
                ? new TextTable("table", "rows", "files", "bytes", "of another run")
                : new TextTable("table", "rows", "files", "bytes");
        for (TableEntry table : manifest.tables()) {
            String rows = "%,d".formatted(table.rows());
            int files = table.files().size();
            String bytes = DataSize.format(table.bytes());
            if (mixed) {
                text.row(table.folder(), rows, files, bytes, origin(table, manifest));
            } else {
                text.row(table.folder(), rows, files, bytes);
            }
        }
        return text;
    }

    private static boolean isOfAnother(TableEntry table, Manifest manifest) {
        return !table.runId().equals(manifest.runId()) || !table.snapshotDt().equals(manifest.snapshotDt());
    }

    private static String origin(TableEntry table, Manifest manifest) {
        if (!isOfAnother(table, manifest)) {
            return "";
        }
        return table.snapshotDt().equals(manifest.snapshotDt())
                ? table.runId().value()
                : "%s, snapshot %s".formatted(table.runId(), table.snapshotDt());
    }

    private String lease() {
        Optional<LeaseHolder> holder = status.lease().holder();
        return switch (status.lease().state()) {
            case FREE -> "free";
            case UNKNOWN -> "cannot be read";
            case HELD ->
                holder.map(held -> "held by %s since %s; last sign of life %s ago, over in %d s without another"
                                .formatted(
                                        held,
                                        seconds(held.since()),
                                        duration(held.silent()),
                                        held.left().toSeconds()))
                        .orElseThrow();
            case EXPIRED ->
                holder.map(held -> "over, and not given back by %s, which held it since %s; last sign of life %s ago"
                                .formatted(held, seconds(held.since()), duration(held.silent())))
                        .orElseThrow();
        };
    }

    private String run(RunStatus run) {
        String line = "run %s %s since %s".formatted(run.run(), run.state(), seconds(run.since()));
        if (run.state().equals(RunState.PREPARED.name())) {
            line += ": nothing of it is visible";
        } else if (run.newFiles().named() + run.oldFiles().named() > 0) {
            line += ": of %s %d there, of %s %d"
                    .formatted(
                            count(run.newFiles().named(), "new file"),
                            run.newFiles().there(),
                            count(run.oldFiles().named(), "old one"),
                            run.oldFiles().there());
        }
        return run.fate() == Fate.ENDED || isAtWork(run) ? line : line + "; it does not hold the lease";
    }

    private boolean isAtWork(RunStatus run) {
        return status.lease().state() == LeaseState.UNKNOWN
                || (status.lease().state() == LeaseState.HELD
                        && status.lease()
                                .holder()
                                .filter(holder -> holder.run().equals(run.run()))
                                .isPresent());
    }

    private List<String> files() {
        TableFiles files = status.files();
        List<String> lines = new ArrayList<>();
        addFiles(lines, files.missing(), "that the manifest names", "not there");
        addFiles(lines, files.changed(), "that the manifest names", "there with other content");
        addFiles(lines, files.foreign(), "in the tables' folders", "foreign: readers see them, no run wrote them");
        if (lines.isEmpty()) {
            lines.add(!status.published().isEmpty() ? "all as the manifest names them" : "none that readers see");
        }
        return lines;
    }

    private static void addFiles(List<String> lines, List<String> keys, String which, String what) {
        if (!keys.isEmpty()) {
            lines.add("%s %s: %s (%s)".formatted(count(keys.size(), "file"), which, what, first(keys)));
        }
    }

    private static List<String> leftovers(Leftovers leftovers) {
        List<String> lines = new ArrayList<>();
        if (!leftovers.uploads().isEmpty()) {
            lines.add("%s: %s"
                    .formatted(count(leftovers.uploads().size(), "unfinished upload"), first(leftovers.uploads())));
        }
        if (!leftovers.attemptFolders().isEmpty()) {
            lines.add("%s: %s"
                    .formatted(
                            count(leftovers.attemptFolders().size(), "attempt folder"),
                            first(leftovers.attemptFolders())));
        }
        return lines;
    }

    private static String first(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
        return names.size() <= NAMES_SHOWN ? shown : "%s and %d more".formatted(shown, names.size() - NAMES_SHOWN);
    }

    private static String count(long number, String noun) {
        return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Seconds up to two minutes, minutes up to two hours, hours up to two days, else days. */
    private static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 120 * 60) {
            return duration.toMinutes() + " min";
        }
        return duration.toHours() < 48 ? duration.toHours() + " h" : duration.toDays() + " days";
    }
}

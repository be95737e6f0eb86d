package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.parallel.TablesInParallel;
import com.omc.flywheel.common.parquet.FileStatistics;
import com.omc.flywheel.common.parquet.FileStatistics.ColumnStatistics;
import com.omc.flywheel.common.parquet.FooterReader;
import com.omc.flywheel.common.quality.TableContents.Column;
import com.omc.flywheel.common.quality.TableContents.FileRows;
import com.omc.flywheel.common.quality.TableContents.UnreadFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads what the files of a table hold from their footers, several at a time. A file that cannot be read ends nothing: it
 * is listed with the reason.
 */
public final class ContentsReader {
    private final FooterReader footers;
    private final TablesInParallel files;

    /**
     * A reader.
     *
     * @param atATime how many footers at a time in one call; calls do not share this bound
     */
    public ContentsReader(FooterReader footers, int atATime) {
        this.footers = footers;
        this.files = new TablesInParallel(atATime, "nothing is known of them");
    }

    /** What these files hold together; a table without files has no rows and no columns. */
    public TableContents read(List<FileSize> wanted) {
        List<FileRows> read = new ArrayList<>();
        List<UnreadFile> unread = new ArrayList<>();
        List<FileStatistics> statistics = new ArrayList<>();
        for (Outcome outcome : files.run(wanted, file -> file.file().toString(), this::read)) {
            if (outcome.failure() == null) {
                statistics.add(outcome.statistics());
                read.add(new FileRows(outcome.file(), outcome.statistics().rows()));
            } else {
                unread.add(new UnreadFile(
                        outcome.file(),
                        outcome.failure().kind(),
                        outcome.failure().getMessage()));
            }
        }
        return new TableContents(read, unread, columns(statistics));
    }

    private Outcome read(FileSize file) {
        try {
            return new Outcome(file, footers.statistics(file.file()), null);
        } catch (JobFailure failure) {
            return new Outcome(file, null, failure);
        }
    }

    private static Map<String, Column> columns(List<FileStatistics> files) {
        Set<String> names = new LinkedHashSet<>();
        files.forEach(file -> names.addAll(file.columns().keySet()));
        Map<String, Column> columns = new LinkedHashMap<>();
        names.forEach(name -> columns.put(name, column(name, files)));
        return columns;
    }

    private static Column column(String name, List<FileStatistics> files) {
        SortedSet<String> types = new TreeSet<>();
        int without = 0;
        long rows = 0;
        long nulls = 0;
        boolean known = true;
        for (FileStatistics file : files) {
            rows += file.rows();
            ColumnStatistics column = file.columns().get(name);
            if (column == null) {
                without++;
                nulls += file.rows();
            } else {
                types.add(column.type());
                nulls += column.nulls().orElse(0);
                known &= column.nulls().isPresent();
            }
        }
        return new Column(types, without, new NullCount(rows, known ? OptionalLong.of(nulls) : OptionalLong.empty()));
    }

    /** One of the two is null. */
    private record Outcome(FileSize file, FileStatistics statistics, JobFailure failure) {}
}

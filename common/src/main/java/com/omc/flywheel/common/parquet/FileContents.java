package com.omc.flywheel.common.parquet;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.schema.Type;

/**
 * What one Parquet file holds, by its footer.
 *
 * @param file where it is
 * @param rows of all its row groups
 * @param types of its columns as the catalog writes them, by their names in lower case, in the file's order; what the
 *     catalog has no name for is as Parquet writes it
 */
public record FileContents(S3Uri file, long rows, Map<String, String> types) {
    public FileContents {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }

    static FileContents of(S3Uri file, FileFooter footer) {
        Map<String, String> types = new LinkedHashMap<>();
        for (Type column : footer.schema().getFields()) {
            types.put(
                    column.getName().toLowerCase(Locale.ROOT),
                    ParquetColumnType.of(column)
                            .map(ParquetColumnType::catalogType)
                            .orElseGet(column::toString));
        }
        return new FileContents(file, footer.rows(), types);
    }
}

package com.omc.flywheel.common.parquet;

import com.omc.flywheel.common.columns.SourceColumns;
import com.omc.flywheel.common.failure.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Compares the columns of a snapshot's files. What most files agree on is taken to be meant, so that the odd one out is
 * the one that is named. Order and nullability may differ.
 */
final class SchemaComparison {
    private static final int FILES_NAMED = 20;

    private final Map<MessageType, List<String>> filesBySchema = new LinkedHashMap<>();
    private final MessageType meant;

    /** A comparison of at least one file; the names are those of the files, in the order of the footers. */
    SchemaComparison(List<String> files, List<FileFooter> footers) {
        for (int i = 0; i < files.size(); i++) {
            filesBySchema
                    .computeIfAbsent(footers.get(i).schema(), schema -> new ArrayList<>())
                    .add(files.get(i));
        }
        Map<Map<String, String>, Integer> filesByColumns = filesBySchema.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> typesByName(entry.getKey()),
                        entry -> entry.getValue().size(),
                        Integer::sum,
                        LinkedHashMap::new));
        Map<String, String> mostFrequent = filesByColumns.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
        this.meant = filesBySchema.keySet().stream()
                .filter(schema -> typesByName(schema).equals(mostFrequent))
                .findFirst()
                .orElseThrow();
    }

    /** The columns that most files agree on, as the first of these files declares them. */
    MessageType meant() {
        return meant;
    }

    /** What keeps the files from being one table, a sentence each. */
    List<String> problems() {
        Set<String> problems = new LinkedHashSet<>();
        for (MessageType schema : filesBySchema.keySet()) {
            problems.addAll(SourceColumns.problemsOf(
                    schema.getFields().stream().map(Type::getName).toList()));
        }
        problems.addAll(unknownTypes());
        List<String> differences = new ArrayList<>();
        filesBySchema.forEach((schema, files) -> differences.addAll(differences(schema, files)));
        problems.addAll(differences.subList(0, Math.min(FILES_NAMED, differences.size())));
        if (differences.size() > FILES_NAMED) {
            problems.add("and %,d more differences like these".formatted(differences.size() - FILES_NAMED));
        }
        return List.copyOf(problems);
    }

    private List<String> unknownTypes() {
        List<String> unknown = meant.getFields().stream()
                .filter(column -> ParquetColumnType.of(column).isEmpty())
                .map(column -> "%s (%s)".formatted(column.getName(), oneLine(column)))
                .toList();
        return unknown.isEmpty()
                ? List.of()
                : List.of("columns of types that the catalog does not know: " + Names.list(unknown));
    }

    private List<String> differences(MessageType schema, List<String> files) {
        Map<String, String> expected = typesByName(meant);
        Map<String, String> found = typesByName(schema);
        List<String> missing = expected.keySet().stream()
                .filter(name -> !found.containsKey(name))
                .toList();
        List<String> added = found.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .toList();
        List<String> changed = expected.entrySet().stream()
                .filter(column -> found.containsKey(column.getKey()))
                .filter(column -> !column.getValue().equals(found.get(column.getKey())))
                .map(column -> "%s is %s, elsewhere %s"
                        .formatted(column.getKey(), found.get(column.getKey()), column.getValue()))
                .toList();
        List<String> differences = new ArrayList<>();
        for (String file : files) {
            if (!missing.isEmpty()) {
                differences.add("file %s lacks columns that other files have: %s".formatted(file, Names.list(missing)));
            }
            if (!added.isEmpty()) {
                differences.add("file %s has columns that other files lack: %s".formatted(file, Names.list(added)));
            }
            if (!changed.isEmpty()) {
                differences.add("file %s has columns of another type: %s".formatted(file, Names.list(changed)));
            }
        }
        return differences;
    }

    private static Map<String, String> typesByName(MessageType schema) {
        Map<String, String> types = new TreeMap<>();
        for (Type column : schema.getFields()) {
            types.put(
                    column.getName().toLowerCase(Locale.ROOT),
                    ParquetColumnType.of(column)
                            .map(ParquetColumnType::toString)
                            .orElseGet(() -> oneLine(column)));
        }
        return types;
    }

    private static String oneLine(Type column) {
        return column.toString().replaceAll("\\s+", " ");
    }
}

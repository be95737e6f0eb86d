package com.omc.flywheel.jobs;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Folders, none twice, as one argument names them. */
public record Roots(List<S3Uri> folders) {
    public static final Roots NONE = new Roots(List.of());

    public Roots {
        folders = List.copyOf(folders);
    }

    /** Reads addresses separated by commas; spaces around them are no part of them. */
    public static Roots parse(String text) {
        return new Roots(Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(S3Uri::parse)
                .map(S3Uri::asFolder)
                .distinct()
                .toList());
    }

    @Override
    public String toString() {
        return folders.stream().map(S3Uri::toString).collect(Collectors.joining(","));
    }
}

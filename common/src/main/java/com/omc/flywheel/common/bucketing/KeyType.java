package com.omc.flywheel.common.bucketing;

import java.util.Arrays;
import java.util.Optional;

/** The types that a key may have: those whose bucket every engine agrees on. */
public enum KeyType {
    STRING("string"),
    BIGINT("bigint"),
    INT("int"),
    DATE("date");

    private final String catalogType;

    KeyType(String catalogType) {
        this.catalogType = catalogType;
    }

    /** The type that the Glue catalog calls so; empty for a type that no key may have. */
    public static Optional<KeyType> of(String catalogType) {
        return Arrays.stream(values())
                .filter(type -> type.catalogType.equals(catalogType))
                .findFirst();
    }

    @Override
    public String toString() {
        return catalogType;
    }
}

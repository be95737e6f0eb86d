package com.omc.flywheel.common.parquet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.parquet.schema.MessageType;

/** Gives one object for equal schemas: thousands of files of one snapshot have the same 1,743 columns. */
final class SchemaInterner {
    private final Map<MessageType, MessageType> schemas = new ConcurrentHashMap<>();

    MessageType intern(MessageType schema) {
        MessageType known = schemas.putIfAbsent(schema, schema);
        return known == null ? schema : known;
    }
}

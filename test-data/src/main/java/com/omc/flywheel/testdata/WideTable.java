package com.omc.flywheel.testdata;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The schema of the wide table: the key, then the attributes by name. That is not the order of the mapping. */
record WideTable(String keyName, List<WideColumn> columns) {
    static final String KEY = "Customer_User_id";
    static final String RENAMED_KEY = "Cust_Usr_id";

    WideTable {
        columns = List.copyOf(columns);
    }

    /** The table with these columns, given in lower case and without the key. */
    static WideTable of(List<String> columns) {
        return new WideTable(
                KEY,
                columns.stream()
                        .map(WideColumn::named)
                        .sorted(Comparator.comparing(WideColumn::column))
                        .toList());
    }

    WideTable withKeyName(String newKeyName) {
        return new WideTable(newKeyName, columns);
    }

    WideTable without(WideColumn column) {
        List<WideColumn> rest = new ArrayList<>(columns);
        rest.remove(column);
        return new WideTable(keyName, rest);
    }

    WideTable with(WideColumn column, UnaryOperator<WideColumn> change) {
        return new WideTable(
                keyName,
                columns.stream()
                        .map(each -> each == column ? change.apply(each) : each)
                        .toList());
    }

    MessageType schema() {
        List<Type> fields = new ArrayList<>();
        fields.add(keyField(keyName));
        columns.forEach(column -> fields.add(column.type()));
        return new MessageType("infobase_attributes", fields);
    }

    /** Optional, as engines write it: the promise that there are no null keys is the producer's, not the file's. */
    static Type keyField(String name) {
        return Types.optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }
}

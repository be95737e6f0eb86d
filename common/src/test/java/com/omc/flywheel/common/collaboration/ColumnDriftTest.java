package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.collaboration.KnownTable.NAME;
import static com.omc.flywheel.common.collaboration.KnownTable.absent;
import static com.omc.flywheel.common.collaboration.KnownTable.configured;
import static com.omc.flywheel.common.collaboration.KnownTable.found;
import static com.omc.flywheel.common.collaboration.KnownTable.glueTable;
import static com.omc.flywheel.common.collaboration.KnownTable.typedGlueTable;
import static com.omc.flywheel.common.collaboration.KnownTable.unread;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTableSummary;
import com.omc.flywheel.common.cleanrooms.Schema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnDriftTest {
    private static final ColumnDrift NONE = new ColumnDrift(List.of(), List.of(), List.of(), List.of());

    @Test
    void isNoneWhenAllColumnsAndPartitionKeysAreAllowed() {
        assertThat(of(new KnownTable())).isEqualTo(NONE);
        assertThat(NONE.isNone()).isTrue();
    }

    @Test
    void doesNotSeeTheCaseOfNames() {
        assertThat(of(new KnownTable().configured(found(configured("c-1", "ID", "Amount", "id_bucket")))))
                .isEqualTo(NONE);
    }

    @Test
    void namesColumnsThatNoRuleCanLetThroughInTheirOrder() {
        ColumnDrift drift = of(new KnownTable()
                .glue(found(glueTable(List.of("zip", "id", "amount"), List.of("id_bucket"))))
                .configured(found(configured("c-1", "id", "id_bucket"))));

        assertThat(drift).isEqualTo(new ColumnDrift(List.of("zip", "amount"), List.of(), List.of(), List.of()));
        assertThat(drift.isNone()).isFalse();
    }

    @Test
    void tellsPartitionKeysFromColumns() {
        ColumnDrift drift = of(new KnownTable().configured(found(configured("c-1", "id", "amount"))));

        assertThat(drift).isEqualTo(new ColumnDrift(List.of(), List.of("id_bucket"), List.of(), List.of()));
        assertThat(drift.isNone()).isTrue();
    }

    @Test
    void namesAllowedColumnsThatAreGone() {
        ColumnDrift drift =
                of(new KnownTable().configured(found(configured("c-1", "id", "amount", "Retired", "id_bucket"))));

        assertThat(drift).isEqualTo(new ColumnDrift(List.of(), List.of(), List.of("Retired"), List.of()));
        assertThat(drift.isNone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"int,integer", "INTEGER,int", "String,string", "'decimal(10,2)','DECIMAL(10,2)'", "int,''"})
    void takesTwoNamesOfATypeForOne(String inCatalog, String inCollaboration) {
        assertThat(typed(inCatalog, inCollaboration)).isEqualTo(NONE);
    }

    @Test
    void namesColumnsOfAnotherType() {
        ColumnDrift drift = typed("bigint", "int");

        assertThat(drift.otherTypes()).containsExactly("Amount is int in the collaboration and bigint in the catalog");
        assertThat(drift.isNone()).isFalse();
    }

    @Test
    void doesNotCallAColumnThatIsGoneOfAnotherTypeToo() {
        Schema schema = schema(new Schema.Column("retired", "int"));

        assertThat(of(new KnownTable().schema(found(schema)))).isEqualTo(NONE);
    }

    @Test
    void isNotToldWhenOneSideIsNotThereOrUnread() {
        ConfiguredTable unread = ConfiguredTable.unread(new ConfiguredTableSummary("c-1", NAME, List.of()));

        assertThat(ColumnDrift.of(new KnownTable().configured(absent()).state()))
                .isEmpty();
        assertThat(ColumnDrift.of(new KnownTable().configured(unread()).state()))
                .isEmpty();
        assertThat(ColumnDrift.of(new KnownTable().configured(found(unread)).state()))
                .isEmpty();
        assertThat(ColumnDrift.of(new KnownTable().glue(absent()).state())).isEmpty();
        assertThat(ColumnDrift.of(new KnownTable().glue(unread()).state())).isEmpty();
    }

    @Test
    void leavesTypesOutThatAreUnread() {
        assertThat(of(new KnownTable().schema(unread()))).isEqualTo(NONE);
    }

    private static ColumnDrift typed(String inCatalog, String inCollaboration) {
        return of(new KnownTable()
                .glue(found(typedGlueTable(List.of(new CatalogColumn("amount", inCatalog, "")), List.of())))
                .configured(found(configured("c-1", "amount")))
                .schema(found(schema(new Schema.Column("Amount", inCollaboration)))));
    }

    private static Schema schema(Schema.Column... columns) {
        return new Schema("acx_part_a", "TABLE", "111122223333", List.of(columns), List.of());
    }

    private static ColumnDrift of(KnownTable table) {
        Optional<ColumnDrift> drift = ColumnDrift.of(table.state());
        assertThat(drift).isPresent();
        return drift.orElseThrow();
    }
}

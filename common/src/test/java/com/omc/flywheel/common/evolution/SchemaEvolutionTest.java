package com.omc.flywheel.common.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.evolution.SchemaEvolution.Changes;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaEvolutionTest {
    private static final SnapshotDate OCTOBER = SnapshotDate.parse("2025-10-01");
    private static final SnapshotDate NOVEMBER = SnapshotDate.parse("2025-11-01");
    private static final SnapshotDate DECEMBER = SnapshotDate.parse("2025-12-01");

    private final SnapshotSchema october = new SnapshotSchema(
            OCTOBER, Map.of("IBE_01", columns("id string", "a int"), "IBE_02", columns("id string")));
    private final SnapshotSchema november = new SnapshotSchema(
            NOVEMBER, Map.of("IBE_01", columns("id string", "a int", "b date"), "IBE_02", columns("id string")));

    @Test
    void findsNothingWhereNothingChanged() {
        Changes changes = beside(october, november)
                .of(new SnapshotSchema(
                        DECEMBER,
                        Map.of("IBE_01", columns("id string", "b date", "a int"), "IBE_02", columns("id string"))));

        assertThat(changes).isEqualTo(new Changes(List.of(), List.of(), List.of()));
    }

    @Test
    void canLiveWithAColumnThatIsNew() {
        assertThat(beside(october).of(november))
                .isEqualTo(new Changes(
                        List.of("IBE_01.b is new in snapshot 2025-11-01; it is NULL in snapshot 2025-10-01 and before"),
                        List.of(),
                        List.of()));
    }

    @Test
    void namesAColumnThatIsMissingAndTheSnapshotThatHasIt() {
        Changes changes = beside(october, november)
                .of(new SnapshotSchema(
                        DECEMBER, Map.of("IBE_01", columns("id string", "a int"), "IBE_02", columns("id string"))));

        assertThat(changes.missing())
                .containsExactly("IBE_01.b of snapshot 2025-11-01 is in no table of snapshot 2025-12-01");
    }

    @Test
    void comparesATableWithTheLastSnapshotThatHasIt() {
        SnapshotSchema oneTableAlone = new SnapshotSchema(NOVEMBER, Map.of("IBE_02", columns("id string")));

        Changes changes = beside(october, oneTableAlone)
                .of(new SnapshotSchema(
                        DECEMBER, Map.of("IBE_01", columns("id string"), "IBE_02", columns("id string"))));

        assertThat(changes.missing())
                .containsExactly("IBE_01.a of snapshot 2025-10-01 is in no table of snapshot 2025-12-01");
    }

    @Test
    void missesATableThatTheMappingHasNoMoreOnce() {
        SnapshotSchema without = new SnapshotSchema(NOVEMBER, Map.of("IBE_02", columns("id string")));
        SnapshotSchema later = new SnapshotSchema(DECEMBER, Map.of("IBE_02", columns("id string")));

        assertThat(beside(october).of(without).missing()).hasSize(1);
        assertThat(beside(october, without).of(later).missing()).isEmpty();
    }

    @Test
    void tellsWhereAColumnIsNow() {
        Changes changes = beside(november)
                .of(new SnapshotSchema(
                        DECEMBER,
                        Map.of("IBE_01", columns("id string", "a int"), "IBE_02", columns("id string", "b date"))));

        assertThat(changes.missing()).isEmpty();
        assertThat(changes.notes())
                .containsExactly(
                        "IBE_01.b of snapshot 2025-11-01 is in IBE_02 from snapshot 2025-12-01 on; in IBE_01 it is NULL from then on");
    }

    @Test
    void namesBothSnapshotsOfAColumnWhoseTypeChanged() {
        SnapshotSchema december = new SnapshotSchema(
                DECEMBER, Map.of("IBE_01", columns("id string", "a bigint"), "IBE_02", columns("id string")));

        assertThat(beside(october, november).of(december).typeChanges())
                .containsExactly("IBE_01.a is bigint in snapshot 2025-12-01 and int in snapshot 2025-11-01");
    }

    @Test
    void comparesTypesWithLaterSnapshotsTooAndColumnsWithTheOneBeforeAlone() {
        SnapshotSchema september = new SnapshotSchema(
                SnapshotDate.parse("2025-09-01"), Map.of("IBE_01", columns("id string", "a string")));

        Changes changes = beside(october, november).of(september);

        assertThat(changes.missing()).isEmpty();
        assertThat(changes.notes()).isEmpty();
        assertThat(changes.typeChanges())
                .containsExactly("IBE_01.a is string in snapshot 2025-09-01 and int in snapshot 2025-11-01");
    }

    @Test
    void doesNotCompareASnapshotWithItself() {
        SnapshotSchema again = new SnapshotSchema(NOVEMBER, Map.of("IBE_01", columns("id bigint")));

        assertThat(beside(november).of(again)).isEqualTo(new Changes(List.of(), List.of(), List.of()));
    }

    private static SchemaEvolution beside(SnapshotSchema... published) {
        return new SchemaEvolution(List.of(published));
    }

    private static List<ColumnEntry> columns(String... namesAndTypes) {
        return Arrays.stream(namesAndTypes)
                .map(text -> text.split(" ", -1))
                .map(parts -> new ColumnEntry(parts[0], parts[1], ""))
                .toList();
    }
}

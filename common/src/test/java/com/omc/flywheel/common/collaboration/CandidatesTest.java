package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.collaboration.KnownTable.NAME;
import static com.omc.flywheel.common.collaboration.KnownTable.SCOPE;
import static com.omc.flywheel.common.collaboration.KnownTable.association;
import static com.omc.flywheel.common.collaboration.KnownTable.configured;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable.GlueTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTableSummary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private static final Optional<GlueTable> MEANT = Optional.of(new GlueTable("lake", NAME));
    private static final Optional<GlueTable> OF_ANOTHER_DATABASE = Optional.of(new GlueTable("other", NAME));

    @Test
    void areNoneForATableThatNobodyConfigured() {
        Candidates none = of(
                List.of(configured("c-1", "part_b", Optional.of(new GlueTable("lake", "part_b")))),
                List.of(association("a-1", "acx_part_b", "c-1")));

        assertThat(none).isEqualTo(new Candidates(Optional.empty(), List.of(), Optional.empty(), List.of()));
    }

    @Test
    void preferTheReferenceToTheName() {
        ConfiguredTable named = configured("c-1", NAME, OF_ANOTHER_DATABASE);
        ConfiguredTable meant = configured("c-2", "called otherwise", MEANT);

        Candidates found = of(List.of(named, meant), List.of(association("a-1", "acx_part_a", "c-1")));

        assertThat(found.configured()).contains(meant);
        assertThat(found.otherConfigured()).containsExactly(named);
        assertThat(found.association()).isEmpty();
        assertThat(found.otherAssociations()).extracting(Association::id).containsExactly("a-1");
    }

    @Test
    void leaveATableOfThatNameToTheDatabaseThatItRefersToUnlessItIsInTheCollaboration() {
        ConfiguredTable ofAnotherStage = configured("c-1", NAME, OF_ANOTHER_DATABASE);
        ConfiguredTable meant = configured("c-2");

        assertThat(of(List.of(ofAnotherStage), List.of()).configured()).isEmpty();
        assertThat(of(List.of(ofAnotherStage, meant), List.of()).otherConfigured())
                .isEmpty();
        assertThat(of(List.of(ofAnotherStage), List.of(association("a-1", "acx_part_a", "c-1")))
                        .configured())
                .contains(ofAnotherStage);
    }

    @Test
    void doNotTakeATableOfAnotherDatabaseThatIsCalledOtherwise() {
        assertThat(of(List.of(configured("c-1", "theirs", OF_ANOTHER_DATABASE)), List.of())
                        .configured())
                .isEmpty();
    }

    @Test
    void takeATableWhoseReferenceIsUnreadByItsName() {
        ConfiguredTable unread = ConfiguredTable.unread(new ConfiguredTableSummary("c-1", NAME, List.of()));

        assertThat(of(List.of(unread), List.of()).configured()).contains(unread);
    }

    @Test
    void ofATableThatIsConfiguredTwicePreferTheOneInTheCollaboration() {
        ConfiguredTable first = configured("c-1");
        ConfiguredTable associated = configured("c-2", "called otherwise", MEANT);

        Candidates found = of(List.of(first, associated), List.of(association("a-2", "acx_part_a", "c-2")));

        assertThat(found.configured()).contains(associated);
        assertThat(found.otherConfigured()).containsExactly(first);
        assertThat(found.association()).map(Association::id).contains("a-2");
        assertThat(found.otherAssociations()).isEmpty();
    }

    @Test
    void ofTwoInTheCollaborationPreferTheOneOfTheRightName() {
        ConfiguredTable otherwise = configured("c-1", "called otherwise", MEANT);
        ConfiguredTable rightly = configured("c-2", NAME, MEANT);

        Candidates found = of(
                List.of(otherwise, rightly),
                List.of(association("a-1", "acx_part_a_2", "c-1"), association("a-2", "acx_part_a", "c-2")));

        assertThat(found.configured()).contains(rightly);
        assertThat(found.association()).map(Association::id).contains("a-2");
        assertThat(found.otherAssociations()).extracting(Association::id).containsExactly("a-1");
    }

    @Test
    void doNotDependOnTheOrderOfTheService() {
        ConfiguredTable first = configured("c-1");
        ConfiguredTable second = configured("c-2");

        assertThat(of(List.of(second, first), List.of()).configured()).contains(first);
        assertThat(of(List.of(first, second), List.of()).configured()).contains(first);
    }

    @Test
    void preferTheAssociationOfTheRightName() {
        Candidates found = of(
                List.of(configured("c-1")),
                List.of(
                        association("a-1", "a copy", "c-1"),
                        association("a-2", NAME, "c-1"),
                        association("a-3", "acx_part_a", "c-1")));

        assertThat(found.association()).map(Association::id).contains("a-3");
        assertThat(found.otherAssociations()).extracting(Association::id).containsExactly("a-1", "a-2");
    }

    @Test
    void takeAnAssociationByWhatItRefersToAndNotByItsName() {
        Candidates found = of(
                List.of(configured("c-1")),
                List.of(association("a-1", "acx_part_a", "c-9"), association("a-2", "part_a", "c-1")));

        assertThat(found.association()).map(Association::id).contains("a-2");
        assertThat(found.otherAssociations()).isEmpty();
    }

    private static Candidates of(List<ConfiguredTable> configured, List<Association> associations) {
        return Candidates.of(NAME, SCOPE, configured, associations);
    }
}

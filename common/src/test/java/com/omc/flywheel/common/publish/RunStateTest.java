package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.publish.RunState.COMMITTING;
import static com.omc.flywheel.common.publish.RunState.DONE;
import static com.omc.flywheel.common.publish.RunState.PREPARED;
import static com.omc.flywheel.common.publish.RunState.UNDONE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunStateTest {
    @Test
    void isFollowedByWhatThePictureInTheDocumentationOfThePackageShows() {
        assertThat(PREPARED.next()).containsExactlyInAnyOrder(COMMITTING, UNDONE);
        assertThat(COMMITTING.next()).containsExactlyInAnyOrder(DONE, UNDONE);
        assertThat(DONE.next()).isEmpty();
        assertThat(UNDONE.next()).isEmpty();
    }

    @Test
    void isFinalWhenNothingFollows() {
        assertThat(RunState.values()).filteredOn(RunState::isFinal).containsExactly(DONE, UNDONE);
    }

    @Test
    void isDeclaredAfterTheStatesBeforeItByWhichTheJournalKnowsTheLast() {
        assertThat(RunState.values())
                .allSatisfy(state -> assertThat(state.next()).allMatch(next -> next.compareTo(state) > 0));
    }

    @Test
    void namesTheFileOfItsMark() {
        assertThat(RunState.values())
                .extracting(RunState::fileName)
                .containsExactly("prepared.json", "committing.json", "done.json", "undone.json");
    }
}

package com.omc.flywheel.common.page;

import java.util.List;

/**
 * A report for a person.
 *
 * @param title what it is a report of
 * @param subtitle when it was made, and of what
 * @param facts the summary
 * @param sections one for each question, in the order in which a reader asks
 * @param footer where the figures come from
 */
public record Page(String title, String subtitle, List<Fact> facts, List<Section> sections, String footer) {
    public Page {
        facts = List.copyOf(facts);
        sections = List.copyOf(sections);
    }
}

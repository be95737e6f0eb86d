package com.omc.flywheel.common.page;

import java.util.List;

/**
 * What a page says to one question.
 *
 * @param id what links to it end with: lower case, with hyphens
 * @param title the question, or its subject
 * @param explanation how to read the answer; may be empty
 * @param blocks the answer
 */
public record Section(String id, String title, String explanation, List<Block> blocks) {
    public Section {
        if (!id.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("\"%s\" is no id of a section".formatted(id));
        }
        blocks = List.copyOf(blocks);
    }

    public Section(String id, String title, String explanation, Block... blocks) {
        this(id, title, explanation, List.of(blocks));
    }
}

package com.omc.flywheel.common.catalog;

import java.util.List;

/**
 * One partition of a batch that was not done, while others of the same call were.
 *
 * @param values which
 * @param code Glue's name of the error, for example {@code AlreadyExistsException}
 * @param message what Glue says
 */
public record PartitionProblem(List<String> values, String code, String message) {
    public static final String ALREADY_EXISTS = "AlreadyExistsException";
    public static final String NOT_FOUND = "EntityNotFoundException";

    public PartitionProblem {
        values = List.copyOf(values);
    }
}

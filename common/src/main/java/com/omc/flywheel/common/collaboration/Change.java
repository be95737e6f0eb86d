package com.omc.flywheel.common.collaboration;

/**
 * What is otherwise than in an earlier report.
 *
 * @param subject a table, or what else it is about
 * @param what the change, as a clause
 */
public record Change(String subject, String what) {}

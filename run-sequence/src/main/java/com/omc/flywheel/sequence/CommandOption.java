package com.omc.flywheel.sequence;

/**
 * An option of a {@link Command}: a name followed by a value.
 *
 * @param name with its hyphens, for example {@code --port}
 * @param placeholder what stands for the value in the help, for example {@code N}
 * @param help what it means and what holds without it
 */
record CommandOption(String name, String placeholder, String help) {}

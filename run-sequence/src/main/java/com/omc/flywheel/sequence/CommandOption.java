package com.omc.flywheel.sequence;

/**
 * What a {@link Command} can be told, in one of three forms: a name followed by a value ({@code --port 9090}), a name
 * alone ({@code --aws}), or a value alone, of which a command has one at most.
 *
 * @param name with its hyphens, for example {@code --port}; without any for a value alone, which it stands for in the
 *     help, for example {@code PATH}
 * @param placeholder what stands for the value in the help, for example {@code N}; empty for the two other forms
 * @param help what it means and what holds without it
 */
record CommandOption(String name, String placeholder, String help) {
    /** A name that means something by being given. */
    static CommandOption flag(String name, String help) {
        return new CommandOption(name, "", help);
    }

    /** A value that needs no name. */
    static CommandOption valueAlone(String name, String help) {
        return new CommandOption(name, "", help);
    }

    /** How it is written: its name, and what stands for its value. */
    String synopsis() {
        return (name + " " + placeholder).strip();
    }

    boolean isValueAlone() {
        return !name.startsWith("-");
    }

    boolean hasValue() {
        return !placeholder.isEmpty();
    }
}

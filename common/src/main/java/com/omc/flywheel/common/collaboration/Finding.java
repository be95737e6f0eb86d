package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.page.Tone;

/**
 * Something that a person should look at.
 *
 * @param tone BAD for what keeps the collaboration from working, WARNING for the rest
 * @param subject a table, or what else it is about
 * @param what what is odd
 * @param next what to do about it
 */
public record Finding(Tone tone, String subject, String what, String next) {}

package com.omc.flywheel.common.page;

/**
 * One figure of a page's summary.
 *
 * @param label what it is
 * @param value the figure, with its unit
 */
public record Fact(String label, String value, Tone tone) {}

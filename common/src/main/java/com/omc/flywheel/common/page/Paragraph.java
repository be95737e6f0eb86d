package com.omc.flywheel.common.page;

/** Running text. */
public record Paragraph(String text, Tone tone) implements Block {}

package com.omc.flywheel.common.page;

/** A part of a section. */
public sealed interface Block permits Paragraph, Grid, Bars, Shares {}

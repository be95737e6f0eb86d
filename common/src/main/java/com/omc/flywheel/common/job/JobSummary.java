package com.omc.flywheel.common.job;

/** What a job did, for a person to read. */
public interface JobSummary {
    /** Several lines of text. */
    String render();
}

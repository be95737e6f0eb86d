package com.omc.flywheel.jobs.generatedatamonitorreport;

import com.omc.flywheel.common.quality.MonitorReport;
import com.omc.flywheel.common.quality.Severity;

/** Which findings make the job fail, once the report is written. */
enum FailOn {
    NONE,
    ERROR,
    WARNING;

    boolean isMetBy(MonitorReport report) {
        return switch (this) {
            case NONE -> false;
            case ERROR -> report.count(Severity.ERROR) > 0;
            case WARNING -> !report.alerts().isEmpty();
        };
    }
}

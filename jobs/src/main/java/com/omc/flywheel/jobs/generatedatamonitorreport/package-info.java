/** The job generate-data-monitor-report. */
package com.omc.flywheel.jobs.generatedatamonitorreport;

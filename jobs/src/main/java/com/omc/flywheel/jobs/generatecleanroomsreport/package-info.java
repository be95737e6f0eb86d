/** The job generate-cleanrooms-report. */
package com.omc.flywheel.jobs.generatecleanroomsreport;

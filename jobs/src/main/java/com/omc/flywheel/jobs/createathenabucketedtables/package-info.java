/** The job create-athena-bucketed-tables. */
package com.omc.flywheel.jobs.createathenabucketedtables;

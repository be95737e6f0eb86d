/** The job register-staged-tables. */
package com.omc.flywheel.jobs.registerstagedtables;

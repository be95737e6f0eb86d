/** The job prepare-part-tables. */
package com.omc.flywheel.jobs.prepareparttables;

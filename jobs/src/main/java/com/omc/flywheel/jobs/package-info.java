/** The jobs, a package each; {@link com.omc.flywheel.jobs.JobCatalog} lists them all. */
package com.omc.flywheel.jobs;

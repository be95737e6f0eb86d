/** The job resolve-snapshot. */
package com.omc.flywheel.jobs.resolvesnapshot;

/** The job register-part-tables. */
package com.omc.flywheel.jobs.registerparttables;

/** The job create-part-addressable-ids-er-table. */
package com.omc.flywheel.jobs.createpartaddressableidsertable;

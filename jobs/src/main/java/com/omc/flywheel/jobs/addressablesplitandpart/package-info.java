/** The job addressable-split-and-part. */
package com.omc.flywheel.jobs.addressablesplitandpart;

/** The job addressable-bucket. */
package com.omc.flywheel.jobs.addressablebucket;

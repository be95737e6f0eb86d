/** The job infobase-split-and-bucket. */
package com.omc.flywheel.jobs.infobasesplitandbucket;

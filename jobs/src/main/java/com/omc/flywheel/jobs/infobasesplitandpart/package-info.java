/** The job infobase-split-and-part. */
package com.omc.flywheel.jobs.infobasesplitandpart;

/** Which snapshot a run reads: the date of one, and how the newest finished one is found. Knows no Spark and no AWS. */
package com.omc.flywheel.common.snapshot;

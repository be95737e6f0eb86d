/**
 * Which snapshot a run reads: the date of one, how the newest finished one is found, and how one is decided for all steps
 * of an execution. Knows no Spark and no AWS.
 */
package com.omc.flywheel.common.snapshot;

/** Hive bucketing, version 1: the numbering that Athena and Trino expect of a bucketed table. */
package com.omc.flywheel.common.bucketing;

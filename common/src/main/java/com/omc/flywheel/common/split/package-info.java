/** The wide-table engine: cuts one snapshot of many columns into tables of few, rows placed by the bucket of their key. */
package com.omc.flywheel.common.split;

/** How many files a table gets and which buckets each holds, from bytes that footers tell. Pure. */
package com.omc.flywheel.common.sizing;

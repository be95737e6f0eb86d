/** What a report tells of the tables that are there: their contents, how these drift, and what disagrees. It only reads. */
package com.omc.flywheel.common.quality;

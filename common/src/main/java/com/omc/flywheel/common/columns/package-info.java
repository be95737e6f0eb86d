/** Columns: their normalised names and types, and how a source's columns are brought into that form. Pure. */
package com.omc.flywheel.common.columns;

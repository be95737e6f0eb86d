/** The CSV that says which columns go into which table: read without losing a line, and checked against a source. Pure. */
package com.omc.flywheel.common.mapping;

/** A Glue Data Catalog inside this JVM, with the limits of the real one. */
package com.omc.flywheel.sequence.glue;

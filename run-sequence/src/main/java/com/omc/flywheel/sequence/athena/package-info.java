/** An Athena that answers by a script and runs no statement. */
package com.omc.flywheel.sequence.athena;

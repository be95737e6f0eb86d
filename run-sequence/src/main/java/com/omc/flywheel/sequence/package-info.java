/** The command line that runs job sequences. */
package com.omc.flywheel.sequence;

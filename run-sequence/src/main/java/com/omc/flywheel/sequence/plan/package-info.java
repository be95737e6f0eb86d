/** Plans a sequence: executes its own file with jobs that say what they would do, and changes nothing. */
package com.omc.flywheel.sequence.plan;

/** What is kept of a run of a sequence that has ended: its steps, and what each has written. */
package com.omc.flywheel.sequence.runs;

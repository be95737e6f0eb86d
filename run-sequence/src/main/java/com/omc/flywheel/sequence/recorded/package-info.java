/** Services of AWS whose answers were recorded: what they are asked is looked up in files, nothing can be changed. */
package com.omc.flywheel.sequence.recorded;

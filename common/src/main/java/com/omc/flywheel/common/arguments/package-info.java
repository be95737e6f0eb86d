/** The arguments of a job: an annotated record declares them, and everything else is derived from it. */
package com.omc.flywheel.common.arguments;

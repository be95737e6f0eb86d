/** What a person sees while a job runs: a bar on a terminal, lines elsewhere. */
package com.omc.flywheel.common.progress;

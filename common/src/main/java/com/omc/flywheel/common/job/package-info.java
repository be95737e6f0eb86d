/** What every job has in common: its definition, the ports that it is handed, and the one place that wires them. */
package com.omc.flywheel.common.job;

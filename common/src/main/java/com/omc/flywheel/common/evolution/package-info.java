/** How the tables of a time series change from one snapshot to the next, and which changes readers can live with. */
package com.omc.flywheel.common.evolution;

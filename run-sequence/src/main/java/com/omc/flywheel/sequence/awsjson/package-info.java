/** An HTTP endpoint for services of AWS that speak JSON. */
package com.omc.flywheel.sequence.awsjson;

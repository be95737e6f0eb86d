/** An HTTP endpoint for services of AWS that speak JSON, by a header that names the operation or by REST. */
package com.omc.flywheel.sequence.awsjson;

/**
 * The run sequences: the part of the Amazon States Language (JSONPath mode) that they use, read and interpreted.
 *
 * <p>Its sources are the specification (states-language.net) and the developer guide of AWS Step Functions; what goes
 * beyond the part is refused when a file is read.
 */
package com.omc.flywheel.sequence.asl;

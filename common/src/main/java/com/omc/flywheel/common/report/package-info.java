/** How results are laid out for people to read. */
package com.omc.flywheel.common.report;

/** Doing the same for many tables, a few at a time. */
package com.omc.flywheel.common.parallel;

/** How a job says what went wrong: one exception, a kind that says who can mend it, all problems of an input at once. */
package com.omc.flywheel.common.failure;

/** A report as a page: what it says, in blocks that know nothing of HTML, and the one place that makes HTML of them. */
package com.omc.flywheel.common.page;

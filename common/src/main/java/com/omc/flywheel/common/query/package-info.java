/** Statements as objects, and the engines that run them: Athena, and Spark where there is none. */
package com.omc.flywheel.common.query;

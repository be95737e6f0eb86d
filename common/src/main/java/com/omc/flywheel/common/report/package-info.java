/** How results are laid out for people and programs to read, and where the files of a report are kept. */
package com.omc.flywheel.common.report;

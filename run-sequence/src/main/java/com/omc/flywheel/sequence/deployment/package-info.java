/** What is deployed, as the files say it that Terraform reads too: the settings of every job, and the sequences' templates. */
package com.omc.flywheel.sequence.deployment;

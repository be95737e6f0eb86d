/** Runs of a sequence on AWS: executions of its state machine in Step Functions, started, followed, stopped. */
package com.omc.flywheel.sequence.aws;

/** An S3 server for local runs and tests: it serves a folder of this machine and needs no container. */
package com.omc.flywheel.sequence.s3;

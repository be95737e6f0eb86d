/** LocalStack for tests; compiled by the profile {@code localstack} only, as is everything that uses it. */
package com.omc.flywheel.sequence.localstack;

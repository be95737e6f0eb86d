/** What the adapters to services of AWS have in common: how a service is reached, and what its errors mean. */
package com.omc.flywheel.common.aws;

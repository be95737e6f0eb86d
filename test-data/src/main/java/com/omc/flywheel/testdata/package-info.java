/** Realistic and faulty snapshots for trying and testing the jobs. */
package com.omc.flywheel.testdata;

/** Describing in the catalog what data sets hold: by their manifests, and never by a look into their folders. */
package com.omc.flywheel.common.registration;

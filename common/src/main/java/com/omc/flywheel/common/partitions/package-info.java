/** The partitions of tables in the catalog: what they are to be by the manifests, and how the catalog is brought there. */
package com.omc.flywheel.common.partitions;

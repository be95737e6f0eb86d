/** Where bytes are kept: the address of an object, the port to an object store, and its S3 adapter. */
package com.omc.flywheel.common.storage;

/** What AWS Entity Resolution says of the namespaces and schema mappings of an account; nothing here changes them. */
package com.omc.flywheel.common.entityresolution;

/** The catalog of tables that engines query: what a table of ours is, and the Glue Data Catalog behind its port. */
package com.omc.flywheel.common.catalog;

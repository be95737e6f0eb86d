/** What Parquet footers tell without reading a row: columns, types, rows and the bytes of every column. Knows no Spark. */
package com.omc.flywheel.common.parquet;

package com.omc.flywheel.common.catalog;

/**
 * Rows of a table lie in files by Hive's hash (version 1) of one column.
 *
 * @param column whose hash it is
 * @param count how many buckets
 */
public record Buckets(String column, int count) {}

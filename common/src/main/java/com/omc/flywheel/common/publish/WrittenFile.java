package com.omc.flywheel.common.publish;

import java.io.Serializable;

/**
 * What a task says of the file it wrote.
 *
 * @param key where it will lie once committed, from the root of the data set
 * @param bytes as many as it wrote
 * @param rows as many as it wrote
 * @param firstBucket the first bucket that may be in it
 * @param lastBucket the last bucket that may be in it
 */
public record WrittenFile(String key, long bytes, long rows, int firstBucket, int lastBucket) implements Serializable {}

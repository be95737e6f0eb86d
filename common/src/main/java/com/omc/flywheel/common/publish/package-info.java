/**
 * How a run's files become the data set that readers see: written out of sight, committed together, described by a
 * manifest that is written last.
 *
 * <p>The order of one run, and what a reader or the next run finds if it stops there:
 *
 * <ol>
 *   <li>{@link com.omc.flywheel.common.publish.DataSetPublisher#prepare} refuses a target that holds files nobody
 *       knows: nothing has changed.
 *   <li>Tasks write through {@link com.omc.flywheel.common.publish.OutputCommit}: multipart uploads that nobody sees.
 *   <li>{@link com.omc.flywheel.common.publish.DataSetPublisher#publish} completes them, compares the listing with
 *       what the tasks counted, deletes the files that the last manifest named for these tables, writes the snapshot's
 *       date, the manifest, and last the pointer to it.
 * </ol>
 */
package com.omc.flywheel.common.publish;

/**
 * How a run's files become the data set that readers see: written out of sight under a lease, made visible under a
 * journal, described by a manifest that is switched when every file is there.
 *
 * <p>The states of a run ({@link com.omc.flywheel.common.publish.RunState}), each a mark in the journal, and the
 * transitions ({@link com.omc.flywheel.common.publish.Publication}):
 *
 * <pre>
 *                 prepare                commit                  every new file is there:
 *                                                                write the manifest, delete the old ones
 *   (no mark) ─────────────► PREPARED ─────────────► COMMITTING ─────────────────────────────────────► DONE
 *                               │                        │
 *                               │ abort the uploads      │ one is not: abort the uploads,
 *                               │                        │ delete those that are
 *                               ▼                        ▼
 *                             UNDONE                   UNDONE
 * </pre>
 *
 * <p>A run that fails makes these transitions itself; of a run that is killed, the next one makes them before it begins
 * ({@code --RECOVER_ONLY true} does nothing else). After a run that ended well the journal holds one mark: DONE, of that
 * run. Marks of runs that were undone stay until then, since a task or process of theirs may still begin uploads.
 *
 * <p>What a reader or the next run finds where a run stops:
 *
 * <ul>
 *   <li>PREPARED: the tables as they were, and uploads that nobody sees.
 *   <li>COMMITTING: some or all of the new files, beside all or some of the old ones. The mark names both, so that nothing
 *       is ever deleted because a listing showed it. The manifest names files of one run that are all there: of the one
 *       before, and once every new file is there, of this one. Old files go last.
 *   <li>DONE: the new files alone, and a manifest that names them.
 *   <li>UNDONE: the tables as they were.
 * </ul>
 *
 * <p>That is a clustered data set ({@link com.omc.flywheel.common.publish.Layout}), which holds one snapshot. In a
 * partitioned one snapshots lie beside each other, each with a manifest and a DONE mark of its own; a run takes the
 * transitions for its snapshot and leaves the others. Readers come by the catalog, which names partitions. So a run never
 * deletes: a snapshot that is there already is written beside itself, the manifest names what it supersedes, and who
 * switches the catalog deletes that afterwards ({@link
 * com.omc.flywheel.common.publish.HeldDataSet#deleteSuperseded}), as a run that adds nothing.
 *
 * <p>One run writes at a time, under a {@link com.omc.flywheel.common.publish.Lease}. A run that has lost its lease and
 * does not know it is fenced off by its uploads being aborted: what is not visible then will never be.
 *
 * <p>A job uses {@link com.omc.flywheel.common.publish.DataSetPublisher#check}, {@link
 * com.omc.flywheel.common.publish.DataSetPublisher#hold} and {@link
 * com.omc.flywheel.common.publish.HeldDataSet#begin}, in this order, and closes what it is given.
 */
package com.omc.flywheel.common.publish;

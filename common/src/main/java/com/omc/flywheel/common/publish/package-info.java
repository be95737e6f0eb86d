/**
 * How a run's files become the data set that readers see: written out of sight under a lease, made visible under a
 * journal, described by a manifest that is written last.
 *
 * <p>The states of a run ({@link com.omc.flywheel.common.publish.RunState}), each a mark in the journal, and the
 * transitions ({@link com.omc.flywheel.common.publish.Publication}):
 *
 * <pre>
 *                 prepare                commit                  every new file is there:
 *                                                                delete the old ones, write the manifest
 *   (no mark) ─────────────► PREPARED ─────────────► COMMITTING ─────────────────────────────────────► DONE
 *                               │                        │
 *                               │ abort the uploads      │ one is not: abort the uploads,
 *                               │                        │ delete those that are
 *                               ▼                        ▼
 *                             UNDONE                   UNDONE
 * </pre>
 *
 * <p>A run that fails makes these transitions itself; of a run that is killed, the next one makes them before it begins
 * ({@code --RECOVER_ONLY true} does nothing else). After a run that ended well the journal
 * holds one mark: DONE, of that run.
 *
 * <p>What a reader or the next run finds where a run stops:
 *
 * <ul>
 *   <li>PREPARED: the tables as they were, and uploads that nobody sees.
 *   <li>COMMITTING: some or all of the new files beside the old ones. The mark names both, so that nothing is ever
 *       deleted because a listing showed it. Readers that must not see this follow the manifest, or read tables that are
 *       switched by the catalog.
 *   <li>DONE: the new files alone, and a manifest that names them.
 * </ul>
 *
 * <p>One run writes at a time, under a {@link com.omc.flywheel.common.publish.Lease}. A run that has lost its lease and
 * does not know it is fenced off by its uploads being aborted: what is not visible then will never be.
 *
 * <p>A job uses {@link com.omc.flywheel.common.publish.DataSetPublisher#check}, {@link
 * com.omc.flywheel.common.publish.DataSetPublisher#hold} and {@link
 * com.omc.flywheel.common.publish.HeldDataSet#begin}, in this order, and closes what it is given.
 */
package com.omc.flywheel.common.publish;

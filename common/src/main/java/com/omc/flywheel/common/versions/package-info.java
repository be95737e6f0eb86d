/**
 * Tables that readers query while the next version of them is built: each version lies in a folder of its own, and one
 * update of the catalog switches from one to the next.
 *
 * <pre>
 * BUILDING   the statement may run; the folder may hold anything
 * BUILT      what it holds was checked and is recorded by name; the catalog may be about to point there
 * PUBLISHED  the catalog has pointed there, and does so until a later version is published
 * </pre>
 *
 * A record of each version lies under {@code _flywheel/versions/<table>/<run>.json} of the base folder. One that is not
 * PUBLISHED when its run has ended is settled by the next run: where the catalog points at its folder it is PUBLISHED,
 * else nothing of it is left.
 */
package com.omc.flywheel.common.versions;

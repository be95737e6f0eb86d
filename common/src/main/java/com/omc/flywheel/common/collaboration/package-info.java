/**
 * The report on a collaboration: what the catalog, Clean Rooms and Entity Resolution say is read, put together table by
 * table, judged, and written for programs and for people.
 *
 * <pre>
 * CollaborationReader -> CollaborationState -> CollaborationReport -> JSON, CSV, a page
 *   asks the services      what they said        what follows from it
 * </pre>
 *
 * What could not be read has its place in every step: it is neither absent nor empty.
 */
package com.omc.flywheel.common.collaboration;

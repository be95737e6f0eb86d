package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.snapshot.SnapshotDate;

/** The content of {@code current.json}: which manifest describes what the folders hold now. */
record CurrentPointer(SnapshotDate snapshotDt, RunId runId) {}

package com.omc.flywheel.sequence.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.testcontainers.images.builder.Transferable;

/** Starting LocalStack copies a script into the container; Testcontainers and Spark want different versions of what packs it. */
class ContainerFilesLocalStackIT {
    @Test
    void packsAFileForAContainerWithWhatIsOnTheClassPath() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream archive = new TarArchiveOutputStream(packed)) {
            Transferable.of("#!/bin/bash\n").transferTo(archive, "/testcontainers_start.sh");
        }

        try (TarArchiveInputStream archive =
                new TarArchiveInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
            assertThat(archive.getNextEntry().getName()).endsWith("testcontainers_start.sh");
        }
    }
}

package com.omc.flywheel.common.job;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version that the build wrote into the jar. */
final class ProgramVersion {
    private static final String RESOURCE = "/com/omc/flywheel/common/version.properties";

    private ProgramVersion() {}

    static String read() {
        try (InputStream stream = ProgramVersion.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + RESOURCE, e);
        }
    }
}

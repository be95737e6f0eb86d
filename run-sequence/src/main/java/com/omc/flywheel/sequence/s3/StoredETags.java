package com.omc.flywheel.sequence.s3;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;

/** The ETags that S3Proxy keeps as an extended attribute of each file: the 16 bytes of its MD5 checksum. */
final class StoredETags {
    private static final String ATTRIBUTE = "user.content-md5";

    private StoredETags() {}

    /** Fails unless the file system of this folder keeps extended attributes. */
    static void requireSupport(Path folder) {
        try {
            UserDefinedFileAttributeView view = view(folder);
            if (view != null) {
                String probe = "user.probe";
                view.write(probe, ByteBuffer.wrap(new byte[1]));
                view.delete(probe);
                return;
            }
        } catch (IOException e) {
            throw unsupported(folder, e);
        }
        throw unsupported(folder, null);
    }

    /** Gives an ETag to every file under the folder that has none. */
    static void addMissing(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            UserDefinedFileAttributeView view = view(file);
            if (!view.list().contains(ATTRIBUTE)) {
                view.write(ATTRIBUTE, ByteBuffer.wrap(md5(file)));
            }
        }
    }

    private static UserDefinedFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    }

    private static byte[] md5(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return digest.digest();
    }

    private static JobFailure unsupported(Path folder, Exception cause) {
        return new JobFailure(
                FailureKind.ENVIRONMENT,
                ("the file system of %s keeps no extended attributes, where the embedded S3 server stores ETags; "
                                + "choose a folder on another one")
                        .formatted(folder),
                cause);
    }
}

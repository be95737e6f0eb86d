package com.omc.flywheel.common.parquet;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Serves {@code s3a://} paths from a folder of the machine, in which every bucket is a folder. */
public final class FolderAsS3 extends RawLocalFileSystem {
    private static final String ROOT = "flywheel.test.folder";

    private static final URI BEFORE_INITIALIZATION = URI.create("s3a://none");

    private URI bucket;

    /** The settings under which Hadoop reads and writes {@code s3a://} in this folder. */
    public static Configuration configuration(Path root) {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.s3a.impl", FolderAsS3.class.getName());
        hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
        hadoop.set(ROOT, root.toString());
        return hadoop;
    }

    @Override
    public void initialize(URI uri, Configuration hadoop) throws IOException {
        super.initialize(uri, hadoop);
        bucket = URI.create("s3a://" + uri.getHost());
    }

    @Override
    public String getScheme() {
        return "s3a";
    }

    @Override
    public URI getUri() {
        // The constructor of the superclass asks.
        return bucket == null ? BEFORE_INITIALIZATION : bucket;
    }

    @Override
    public File pathToFile(org.apache.hadoop.fs.Path path) {
        URI uri = path.toUri();
        String name = uri.getHost() == null ? bucket.getHost() : uri.getHost();
        return new File(new File(getConf().get(ROOT), name), uri.getPath());
    }

    @Override
    public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
        FileStatus status = super.getFileStatus(path);
        status.setPath(makeQualified(path));
        return status;
    }

    /** A file lists itself, as S3A has it; the superclass gives it the machine's path. */
    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
        FileStatus status = getFileStatus(path);
        return status.isFile() ? new FileStatus[] {status} : super.listStatus(path);
    }
}

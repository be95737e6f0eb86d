package com.omc.flywheel.sequence.s3;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * S3Proxy in a class loader of its own, reached by reflection.
 *
 * <p>S3Proxy needs the Servlet API 6, Jackson 3 and a newer AWS SDK; Spark pins the Servlet API 4 under the same Maven
 * coordinates and brings its own Jackson. One class path cannot hold both.
 */
final class IsolatedS3Proxy implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    private static final String PACKAGE = "org.gaul.s3proxy.";
    /** The methods of S3Proxy's BlobStore that change nothing; its other ones are refused to readers. */
    private static final Pattern READS = Pattern.compile("(get|list|head|blob|container|supports).*|close");
    /** At once: a graceful stop takes idle connections of clients' pools for unfinished requests, and then fails. */
    private static final long STOP_TIMEOUT_MILLIS = 0;

    private final URLClassLoader loader;
    private final Object server;
    private boolean closed;

    private IsolatedS3Proxy(URLClassLoader loader, Object server) {
        this.loader = loader;
        this.server = server;
    }

    static IsolatedS3Proxy start(List<Path> jars, Path data, EmbeddedS3Options options) {
        URLClassLoader loader = new URLClassLoader(urls(jars), ClassLoader.getPlatformClassLoader());
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // Service lookups of S3Proxy's libraries go through the context class loader and must not find Spark's.
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return start(loader, data, options);
        } catch (IOException e) {
            closeAfterFailure(loader, e);
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "the embedded S3 server cannot listen on %s:%d (%s); choose another port"
                            .formatted(HOST, options.port(), e.getMessage()),
                    e);
        } catch (RuntimeException | ReflectiveOperationException e) {
            closeAfterFailure(loader, e);
            throw new IllegalStateException("the jars of the embedded S3 server do not fit together", e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    int port() {
        try {
            return (int) server.getClass().getMethod("getPort").invoke(server);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (loader) {
            server.getClass().getMethod("stop").invoke(server);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the embedded S3 server did not stop", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IsolatedS3Proxy start(URLClassLoader loader, Path data, EmbeddedS3Options options)
            throws IOException, ReflectiveOperationException {
        Properties properties = properties(data, options);
        Class<?> storeType = loader.loadClass(PACKAGE + "blobstore.BlobStore");
        Class<?> builderType = loader.loadClass(PACKAGE + "S3Proxy$Builder");

        Object store = loader.loadClass(PACKAGE + "BlobStores")
                .getMethod("create", String.class, Properties.class)
                .invoke(null, "filesystem-nio2", properties);
        Object builder =
                builderType.getMethod("fromProperties", Properties.class).invoke(null, properties);
        builderType
                .getMethod("blobStore", storeType)
                .invoke(builder, options.readOnly() ? readOnly(loader, storeType, store) : store);
        builderType.getMethod("stopTimeout", long.class).invoke(builder, STOP_TIMEOUT_MILLIS);
        Object server = builderType.getMethod("build").invoke(builder);
        try {
            server.getClass().getMethod("start").invoke(server);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException unbound) {
                throw unbound;
            }
            throw e;
        }
        return new IsolatedS3Proxy(loader, server);
    }

    private static Properties properties(Path data, EmbeddedS3Options options) {
        Properties properties = new Properties();
        properties.setProperty("s3proxy.endpoint", "http://" + HOST + ":" + options.port());
        properties.setProperty("jclouds.filesystem.basedir", data.toString());
        // Clients send headers, of encryption for example, that a folder has no use for.
        properties.setProperty("s3proxy.ignore-unknown-headers", "true");
        options.credentials()
                .ifPresentOrElse(
                        credentials -> {
                            properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
                            properties.setProperty("s3proxy.identity", credentials.accessKey());
                            properties.setProperty("s3proxy.credential", credentials.secretKey());
                        },
                        () -> properties.setProperty("s3proxy.authorization", "none"));
        return properties;
    }

    /**
     * Refuses changes as S3 does, with 403 AccessDenied; S3Proxy's own read-only store answers 501. S3Proxy does not
     * recognise the folder store behind it, so that listings of a whole bucket show its marks of unfinished uploads.
     */
    private static Object readOnly(ClassLoader loader, Class<?> storeType, Object store)
            throws ReflectiveOperationException {
        Class<?> codes = loader.loadClass(PACKAGE + "S3ErrorCode");
        Object accessDenied = codes.getField("ACCESS_DENIED").get(null);
        var newException = loader.loadClass(PACKAGE + "S3ProxyException").getConstructor(codes);
        return Proxy.newProxyInstance(loader, new Class<?>[] {storeType}, (proxy, method, arguments) -> {
            if (!READS.matcher(method.getName()).matches()) {
                throw (RuntimeException) newException.newInstance(accessDenied);
            }
            try {
                return method.invoke(store, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static void closeAfterFailure(URLClassLoader loader, Exception failure) {
        try {
            loader.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static URL[] urls(List<Path> jars) {
        return jars.stream().map(IsolatedS3Proxy::url).toArray(URL[]::new);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package com.omc.flywheel.sequence.faults;

import com.omc.flywheel.sequence.faults.InstalledFaults.RunningCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/**
 * Stands under every S3 client of this JVM and does nothing until {@link Faults#install}.
 *
 * <p>The SDK finds it by {@code software/amazon/awssdk/services/s3/execution.interceptors} on the class path of the tests.
 */
public final class FaultInterceptor implements ExecutionInterceptor {
    /** Static because the SDK makes an interceptor for each client by itself: nothing can be handed to it. */
    private static final AtomicReference<InstalledFaults> CURRENT = new AtomicReference<>();

    private static final ExecutionAttribute<RunningCall> CALL =
            new ExecutionAttribute<>(FaultInterceptor.class.getName());

    static void install(InstalledFaults faults) {
        if (!CURRENT.compareAndSet(null, faults)) {
            throw new IllegalStateException("faults are installed already; close them first");
        }
    }

    static void uninstall(InstalledFaults faults) {
        CURRENT.compareAndSet(faults, null);
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        InstalledFaults faults = CURRENT.get();
        if (faults == null || faults.pageSize() == 0) {
            return context.request();
        }
        if (context.request() instanceof ListObjectsV2Request listing) {
            return listing.toBuilder().maxKeys(faults.pageSize()).build();
        }
        if (context.request() instanceof ListMultipartUploadsRequest listing) {
            return listing.toBuilder().maxUploads(faults.pageSize()).build();
        }
        return context.request();
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        RunningCall call = attributes.getAttribute(CALL);
        if (call == null) {
            InstalledFaults faults = CURRENT.get();
            if (faults == null) {
                return;
            }
            call = faults.begin(S3Call.of(context, attributes));
            attributes.putAttribute(CALL, call);
        }
        call.beforeSending();
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        RunningCall call = attributes.getAttribute(CALL);
        if (call == null) {
            return;
        }
        boolean answered = false;
        try {
            call.afterTheEffect();
            answered = true;
        } finally {
            if (!answered) {
                // The SDK closes only what reaches it: the connection would be lost to the client's pool.
                context.responseBody().ifPresent(FaultInterceptor::abort);
            }
        }
    }

    private static void abort(InputStream body) {
        if (body instanceof Abortable abortable) {
            abortable.abort();
        }
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package com.omc.flywheel.common.aws;

import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts the HTTP requests of one client: the SDK calls this before each attempt. */
public final class SentRequests implements ExecutionInterceptor {
    private final AtomicLong requests = new AtomicLong();

    public long count() {
        return requests.get();
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes executionAttributes) {
        requests.incrementAndGet();
    }
}

package com.omc.flywheel.common.versions;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The way of one process to its ports, on which a test can step between any two calls. Each key of a delete is a call of
 * its own, since S3 may carry out any part of one.
 */
final class Steps {
    private final Step before;
    private final Step after;
    private final List<String> calls = new ArrayList<>();

    /** What happens before or after a call, the first being 1. */
    interface Step {
        Step NOTHING = call -> {};

        void at(int call);
    }

    Steps(Step before, Step after) {
        this.before = before;
        this.after = after;
    }

    /** The calls that were begun, over all ports. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    private synchronized int next(String call) {
        calls.add(call);
        return calls.size();
    }

    /** The port behind this way. */
    <T> T to(Class<T> port, T target) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (arguments != null && arguments[0] instanceof Collection<?> several) {
                for (Object one : several) {
                    call(target, method, new Object[] {List.of(one)});
                }
                return null;
            }
            return call(target, method, arguments);
        };
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    private Object call(Object target, Method method, Object[] arguments) throws Throwable {
        int number = next(method.getName() + (arguments == null ? "" : " " + arguments[0]));
        before.at(number);
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        after.at(number);
        return result;
    }
}

package com.omc.flywheel.sequence.jobs;

/** What a request asks of IAM: an action on a resource; the resource is {@code *} where the action has none. */
record Need(String action, String resource) {
    @Override
    public String toString() {
        return action + " on " + resource;
    }
}

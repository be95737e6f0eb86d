package com.omc.flywheel.common.collaboration;

/**
 * What keeps a table from being asked.
 *
 * @param code the service's reason, or the name of the rule of ours that is not met
 * @param what the missing piece, as a clause
 * @param call the call that would put it there
 */
public record Missing(String code, String what, String call) {}

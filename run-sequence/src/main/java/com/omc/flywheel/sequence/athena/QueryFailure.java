package com.omc.flywheel.sequence.athena;

/**
 * Why a query failed: Amazon Athena API reference, AthenaError.
 *
 * @param reason the StateChangeReason
 * @param category 1 for the system, 2 for the user, 3 for others
 * @param type a number of the page "Athena error catalog", for example 1006 for a syntax error
 * @param retryable whether Athena thinks that the same query may succeed
 * @param message the ErrorMessage
 */
public record QueryFailure(String reason, int category, int type, boolean retryable, String message) {}

package com.omc.flywheel.sequence.awsjson;

import java.util.List;

/**
 * One service behind an endpoint that speaks AWS's REST with JSON, in which method and path tell the operation.
 *
 * <p>The labels of the path and the parameters of the query are fields of the request, as text, beside those of the body.
 * Faults and counts name its operations as those of other services: {@code <prefix>.<operation>}.
 */
public interface AwsRestService extends AwsJsonService {
    /** Where its operations are found. */
    List<RestRoute> routes();
}

package com.omc.flywheel.sequence.glue;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.catalog.CatalogOutsider;
import com.omc.flywheel.common.catalog.GlueOutsider;
import com.omc.flywheel.common.catalog.GlueTableCatalog;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TableCatalogContract;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract of the catalog on the endpoint that {@code AWS_ENDPOINT_URL_GLUE} names, and without it on the embedded one,
 * with pages of three.
 *
 * <p>{@code moto_server} is told by {@code FLYWHEEL_GLUE_IS_MOTO=true}: it compares no versions and checks no lengths.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GlueTableCatalogTest extends TableCatalogContract {
    private static final String VARIABLE = "AWS_ENDPOINT_URL_GLUE";
    private static final boolean MOTO = Boolean.parseBoolean(System.getenv("FLYWHEEL_GLUE_IS_MOTO"));

    private AwsJsonEndpoint embedded;
    private GlueTableCatalog catalog;
    private GlueOutsider outsider;

    @BeforeAll
    void connect() {
        String named = System.getenv(VARIABLE);
        if (named == null) {
            embedded = AwsJsonEndpoint.start(
                    EmbeddedGlueCatalog.inMemory(GlueCatalogOptions.standard().withPagesOf(3)));
        }
        Map<String, String> environment = new HashMap<>(Map.of("AWS_REGION", "us-east-1"));
        environment.put(VARIABLE, named == null ? embedded.endpoint().toString() : named);
        ServiceEndpoint endpoint = ServiceEndpoint.fromEnvironment("AWS Glue", VARIABLE, environment);
        catalog = GlueTableCatalog.connect(endpoint);
        outsider = GlueOutsider.at(endpoint);
    }

    @AfterAll
    void disconnect() {
        outsider.close();
        catalog.close();
        if (embedded != null) {
            embedded.close();
        }
    }

    @Override
    protected TableCatalog catalog() {
        return catalog;
    }

    @Override
    protected CatalogOutsider outsider() {
        return outsider;
    }

    @Override
    protected boolean supportsVersionCheck() {
        return !MOTO;
    }

    @Override
    protected boolean supportsLengthChecks() {
        return !MOTO;
    }
}

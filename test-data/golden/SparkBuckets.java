import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.HiveHash;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/** Writes id-bucket-xxhash64.csv with Spark SQL and compares hive-bucket-v1.csv with Spark's own HiveHash. */
class SparkBuckets {
    public static void main(String[] arguments) throws Exception {
        List<String> hive = Files.readAllLines(Path.of(arguments[0]));
        StringBuilder result = new StringBuilder("type,is_null,text_base64,readable,xxhash64,id_bucket_of_256\n");
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.datetime.java8API.enabled", "true")
                .config("spark.sql.session.timeZone", "UTC")
                .getOrCreate();
        int compared = 0;
        for (String line : hive.subList(1, hive.size())) {
            String[] fields = line.split(",", -1);
            boolean isNull = Boolean.parseBoolean(fields[1]);
            String text = new String(Base64.getDecoder().decode(fields[2]), StandardCharsets.UTF_8);
            Dataset<Row> table = spark.createDataFrame(
                    List.of(RowFactory.create(isNull ? null : value(fields[0], text))),
                    new StructType().add("x", fields[0]));
            List<Expression> columns = List.of(table.col("x").expr());
            Row row = table.select(
                            new Column(new HiveHash(JavaConverters.asScalaBuffer(columns).toSeq())),
                            functions.expr("xxhash64(x)"),
                            functions.expr("pmod(xxhash64(x), 256)"))
                    .head();
            if (row.getInt(0) != Integer.parseInt(fields[4])) {
                throw new IllegalStateException("Hive and Spark differ: " + line + " but " + row.getInt(0));
            }
            compared++;
            result.append(String.join(",", List.of(fields).subList(0, 4)))
                    .append(',').append(row.getLong(1))
                    .append(',').append(row.getLong(2))
                    .append('\n');
        }
        Files.writeString(Path.of(arguments[1]), result);
        System.out.println("Spark " + spark.version() + " agrees with Hive about " + compared + " values");
        spark.stop();
    }

    private static Object value(String type, String text) {
        return switch (type) {
            case "string" -> text;
            case "bigint" -> Long.valueOf(text);
            case "int" -> Integer.valueOf(text);
            case "date" -> LocalDate.parse(text);
            default -> throw new IllegalArgumentException(type);
        };
    }
}

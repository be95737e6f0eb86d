import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import org.apache.hadoop.hive.serde2.io.DateWritable;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspector;
import org.apache.hadoop.hive.serde2.objectinspector.ObjectInspectorUtils;
import org.apache.hadoop.hive.serde2.objectinspector.primitive.PrimitiveObjectInspectorFactory;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;

/** Asks Apache Hive for the hash and the buckets of each value of values.csv and writes hive-bucket-v1.csv. */
class HiveBuckets {
    public static void main(String[] arguments) throws Exception {
        List<String> lines = Files.readAllLines(Path.of(arguments[0]));
        StringBuilder result = new StringBuilder(lines.get(0)).append(",hash,bucket_of_256,bucket_of_16\n");
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            boolean isNull = Boolean.parseBoolean(fields[1]);
            String text = new String(Base64.getDecoder().decode(fields[2]), StandardCharsets.UTF_8);
            Object[] values = {isNull ? null : writable(fields[0], text)};
            ObjectInspector[] inspectors = {inspector(fields[0])};
            int hash = ObjectInspectorUtils.getBucketHashCode(values, inspectors);
            result.append(line)
                    .append(',').append(hash)
                    .append(',').append(ObjectInspectorUtils.getBucketNumber(values, inspectors, 256))
                    .append(',').append(ObjectInspectorUtils.getBucketNumber(values, inspectors, 16))
                    .append('\n');
        }
        Files.writeString(Path.of(arguments[1]), result);
    }

    private static Object writable(String type, String text) {
        return switch (type) {
            case "string" -> new Text(text);
            case "bigint" -> new LongWritable(new BigInteger(text).longValueExact());
            case "int" -> new IntWritable(Integer.parseInt(text));
            case "date" -> new DateWritable(Math.toIntExact(LocalDate.parse(text).toEpochDay()));
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static ObjectInspector inspector(String type) {
        return switch (type) {
            case "string" -> PrimitiveObjectInspectorFactory.writableStringObjectInspector;
            case "bigint" -> PrimitiveObjectInspectorFactory.writableLongObjectInspector;
            case "int" -> PrimitiveObjectInspectorFactory.writableIntObjectInspector;
            case "date" -> PrimitiveObjectInspectorFactory.writableDateObjectInspector;
            default -> throw new IllegalArgumentException(type);
        };
    }
}

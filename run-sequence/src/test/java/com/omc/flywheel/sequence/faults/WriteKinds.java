package com.omc.flywheel.sequence.faults;

import com.omc.flywheel.common.publish.DataSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The kinds of a run's writes, whatever the data set is called: {@code ours PutObject _flywheel/current.json}. */
public final class WriteKinds {
    private WriteKinds() {}

    /** The kinds among these calls. Calls beside the data set keep their whole keys. */
    public static Set<String> of(List<S3Call> writes, DataSet dataSet) {
        return writes.stream().map(call -> of(call, dataSet)).collect(Collectors.toCollection(TreeSet::new));
    }

    static String of(S3Call call, DataSet dataSet) {
        String root = dataSet.root().key();
        String key = call.key().startsWith(root) ? call.key().substring(root.length()) : call.key();
        return new S3Call(call.client(), call.operation(), call.bucket(), key, call.conditional()).kind();
    }

    /** Those of runs that {@link EveryWriteCallTest} breaks at each of their writes. */
    public static Set<String> covered(SmallLake lake) {
        DataSet dataSet = lake.dataSet("covered");
        lake.run("covered", "first").publish();
        try (InstalledFaults faults = Faults.none().install()) {
            lake.run("covered", "second").publish();
            return of(faults.writes(), dataSet);
        }
    }
}

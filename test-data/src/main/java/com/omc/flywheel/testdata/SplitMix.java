package com.omc.flywheel.testdata;

/** Hashing by the finaliser of SplitMix64: a bijection on 64 bits, a few nanoseconds, no state to share between threads. */
final class SplitMix {
    static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private SplitMix() {}

    /** Different inputs give different outputs. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A hash of a name that does not change between Java versions. */
    static long hash(String name) {
        long hash = GOLDEN_GAMMA;
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash + name.charAt(i));
        }
        return hash;
    }

    /** A number in {@code [0, bound)}, each about equally often, from the low 31 bits. */
    static int uniform(long bits, int bound) {
        return (int) (((bits & 0x7FFFFFFFL) * bound) >>> 31);
    }

    /** A number in {@code [0, bound)}, small ones more often, from the low 31 bits. */
    static int skewed(long bits, int bound) {
        long fraction = bits & 0x7FFFFFFFL;
        return (int) ((((fraction * fraction) >>> 31) * bound) >>> 31);
    }
}

package com.omc.flywheel.testdata;

import java.time.LocalDate;
import org.apache.parquet.io.api.Binary;

/**
 * The people whom one snapshot describes. A person is a number; a snapshot holds a range of them that moves with its day,
 * about 2 % in a month, so that neighbouring snapshots share nearly all of their keys, whichever of them are generated together.
 */
final class Population {
    static final int KEY_LENGTH = 20;

    private static final int DAYS_TO_REPLACE_EVERYBODY = 1_500;
    private static final byte[] ALPHABET = alphabet();
    private static final int LETTERS_OF_64_BITS = 11;

    private final long seedHash;
    private final long first;
    private final int size;

    Population(long seed, LocalDate snapshot, int size) {
        this.seedHash = SplitMix.mix(seed + SplitMix.GOLDEN_GAMMA);
        this.first = Math.floorDiv(snapshot.toEpochDay() * size, (long) DAYS_TO_REPLACE_EVERYBODY);
        this.size = size;
    }

    int size() {
        return size;
    }

    /** The person at a position; positions from {@link #size()} on are people whom this snapshot does not hold yet. */
    long person(int position) {
        return first + position;
    }

    /** A hash on which all values of the person depend. */
    long hash(long person) {
        return SplitMix.mix(person ^ seedHash);
    }

    /** A key that no other person has: its first eleven letters spell a bijection of the number. */
    Binary key(long person) {
        long bits = hash(person);
        byte[] key = new byte[KEY_LENGTH];
        spell(bits, key, 0, LETTERS_OF_64_BITS);
        spell(SplitMix.mix(bits ^ SplitMix.GOLDEN_GAMMA), key, LETTERS_OF_64_BITS, KEY_LENGTH);
        return Binary.fromConstantByteArray(key);
    }

    private static void spell(long bits, byte[] target, int from, int to) {
        long rest = bits;
        for (int i = from; i < to; i++) {
            target[i] = ALPHABET[(int) (rest & 63)];
            rest >>>= 6;
        }
    }

    private static byte[] alphabet() {
        byte[] letters = new byte[64];
        String text = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (byte) text.charAt(i);
        }
        return letters;
    }
}

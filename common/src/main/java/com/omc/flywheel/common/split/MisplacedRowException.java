package com.omc.flywheel.common.split;

/** A row came out where its key's hash does not put it: the platform does not compute what this program relies on. */
final class MisplacedRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MisplacedRowException(String message) {
        super(message);
    }
}

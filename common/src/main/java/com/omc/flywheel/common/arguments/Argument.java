package com.omc.flywheel.common.arguments;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares one argument of a job on a component of its arguments record; see {@link ArgumentRecord}. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Argument {
    /** What the argument means, as a sentence for {@code --help} and the README. */
    String help();

    /** A value that parses. */
    String example();

    /** The value when the argument is absent; empty when there is none. */
    String defaultValue() default "";

    /** The least value of a number. */
    long min() default 0;

    /** The name, where it is not the component's in UPPER_SNAKE. */
    String name() default "";
}

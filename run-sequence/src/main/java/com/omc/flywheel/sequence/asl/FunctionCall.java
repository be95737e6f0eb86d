package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A call of an intrinsic function. */
record FunctionCall(IntrinsicFunction function, List<Expression> arguments) implements Expression {
    FunctionCall {
        arguments = List.copyOf(arguments);
    }

    @Override
    public JsonNode evaluate(Scope scope) {
        return function.apply(
                arguments.stream().map(argument -> argument.evaluate(scope)).toList());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test of what there is only in a Kubernetes node: disabled where the build runs services elsewhere. */
@Tag("k3s")
@ExtendWith(OnK3s.Condition.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface OnK3s {

    /** Reads what the extension reads. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            boolean onK3s = context.getConfigurationParameter("chaos.runtime")
                    .filter("k3s"::equalsIgnoreCase)
                    .isPresent();
            return onK3s
                    ? ConditionEvaluationResult.enabled("chaos.runtime is k3s")
                    : ConditionEvaluationResult.disabled("runs only where chaos.runtime is k3s");
        }
    }
}

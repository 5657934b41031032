// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.EnvVar;
import dev.chaosjunit.cluster.manifest.Value;
import dev.chaosjunit.cluster.manifest.Value.Literal;
import dev.chaosjunit.cluster.manifest.Value.PodField;
import dev.chaosjunit.cluster.manifest.Value.Verbatim;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of one pod, and the replacement of {@code $(NAME)} by them as Kubernetes does it. */
final class Environment {

    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$|\\(([-._a-zA-Z][-._a-zA-Z0-9]*)\\))");

    private final Map<String, String> variables = new LinkedHashMap<>();

    private Environment() {}

    static Environment of(ContainerSpec container, PodFacts pod, String path) {
        Environment environment = new Environment();
        environment.variables.put("PATH", path);
        environment.variables.put("HOME", "/");
        environment.variables.put("HOSTNAME", pod.id().hostname());
        environment.variables.putAll(pod.serviceVariables());
        for (EnvVar variable : container.env()) {
            environment.variables.put(variable.name(), environment.value(variable.value(), pod));
        }
        return environment;
    }

    private String value(Value value, PodFacts pod) {
        if (value instanceof Literal literal) {
            return expand(literal.text());
        }
        if (value instanceof Verbatim verbatim) {
            return verbatim.content().text();
        }
        return pod.field((PodField) value);
    }

    /** Replace references to variables; {@code $$} is a literal dollar, and what is not known stays as it is. */
    String expand(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(replacement(match)));
    }

    /** {@code NAME=value}, in the order of definition. */
    List<String> assignments() {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private String replacement(MatchResult match) {
        String name = match.group(2);
        return name == null ? "$" : variables.getOrDefault(name, match.group());
    }
}

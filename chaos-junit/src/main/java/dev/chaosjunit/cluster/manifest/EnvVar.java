// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

/** A variable of a container's environment. */
public record EnvVar(String name, Value value) {}

// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.ServiceSpec.ServicePort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads Deployments and Services; whatever the local runtime would not act on is an error that names it. */
public final class ManifestParser {

    private static final SupportedFields DEPLOYMENT = SupportedFields.of("deployment.fields");
    private static final SupportedFields SERVICE = SupportedFields.of("service.fields");
    private static final ObjectMapper MODEL = new ObjectMapper();

    private final List<Workload> workloads = new ArrayList<>();
    private final List<ServiceSpec> services = new ArrayList<>();
    private final Set<String> titles = new HashSet<>();

    private ManifestParser() {}

    /**
     * Read all documents of all sources.
     *
     * @throws ClusterException naming the source, the object and the field that is wrong or not supported
     */
    public static Manifests parse(List<ManifestSource> sources) {
        ManifestParser parser = new ManifestParser();
        sources.forEach(parser::read);
        return parser.result(sources);
    }

    private void read(ManifestSource source) {
        LoadSettings settings = LoadSettings.builder().setLabel(source.origin()).build();
        try {
            for (Object document : new Load(settings).loadAllFromString(source.yaml())) {
                if (document != null) {
                    read(source.origin(), document);
                }
            }
        } catch (YamlEngineException e) {
            throw new ClusterException(source.origin() + ": no legal YAML: " + e.getMessage(), e);
        }
    }

    private void read(String origin, Object yaml) {
        if (!(yaml instanceof Map<?, ?> fields)) {
            throw new ClusterException(origin + ": a document must be a Kubernetes object, not \"" + yaml + "\"");
        }
        String kind = text(fields.get("kind"));
        Object name = fields.get("metadata") instanceof Map<?, ?> metadata ? metadata.get("name") : null;
        Document document = new Document(origin + ": " + kind + "/" + text(name), fields);
        switch (text(fields.get("apiVersion")) + " " + kind) {
            case "apps/v1 Deployment" -> {
                DEPLOYMENT.check(document);
                workloads.add(DeploymentReader.read(document, MODEL.convertValue(fields, Deployment.class)));
            }
            case "v1 Service" -> {
                SERVICE.check(document);
                services.add(ServiceReader.read(document, MODEL.convertValue(fields, Service.class)));
            }
            default ->
                throw document.refuse(
                        "apiVersion " + text(fields.get("apiVersion")) + ", kind " + kind,
                        "is not supported by the local runtime, which knows apps/v1 Deployment and v1 Service;"
                                + " remove it or run with chaos.runtime=k3s");
        }
        if (!titles.add(kind + "/" + name)) {
            throw document.refuse("metadata.name", "is used twice in these manifests");
        }
    }

    private Manifests result(List<ManifestSource> sources) {
        if (workloads.isEmpty()) {
            List<String> origins = sources.stream().map(ManifestSource::origin).toList();
            throw new ClusterException("the manifests " + origins + " hold no Deployment: there is nothing to run");
        }
        services.forEach(this::checkTargets);
        return new Manifests(workloads, services);
    }

    private void checkTargets(ServiceSpec service) {
        List<Workload> behind = workloads.stream().filter(service::selects).toList();
        if (behind.isEmpty()) {
            throw new ClusterException("Service/" + service.name() + ": spec.selector " + service.selector()
                    + " selects no Deployment of these manifests");
        }
        for (Workload workload : behind) {
            for (ServicePort port : service.ports()) {
                if (port.targetIn(workload).isEmpty()) {
                    throw new ClusterException("Service/" + service.name() + ": targetPort " + port.target()
                            + " is no port of Deployment/" + workload.name() + ", which has "
                            + workload.container().ports());
                }
            }
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "(none)" : value.toString();
    }
}

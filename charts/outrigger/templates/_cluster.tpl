{{/* What the cluster's version decides, and what the webhook needs of its API server. Each is "true" or empty. */}}

{{/* Namespaces carry the label kubernetes.io/metadata.name since 1.21. */}}
{{- define "outrigger.namespacesAreLabelled" -}}
{{- if semverCompare ">=1.21.0-0" .Capabilities.KubeVersion.Version }}true{{ end -}}
{{- end }}

{{/* Beta and on by default in 1.28, general in 1.30. */}}
{{- define "outrigger.hasMatchConditions" -}}
{{- if semverCompare ">=1.28.0-0" .Capabilities.KubeVersion.Version }}true{{ end -}}
{{- end }}

{{/* Whether bindings may select namespaces by their labels, which the webhook then has to know. */}}
{{- define "outrigger.readsNamespaces" -}}
{{- if eq .Values.namespaceLabels "always" -}}
true
{{- else if and (eq .Values.namespaceLabels "auto") (contains "namespaceSelector" (toJson .Values.catalog.files)) -}}
true
{{- end -}}
{{- end }}

{{/* Whether there is anything to ask the API server for; else the Pods get no token. */}}
{{- define "outrigger.asksApiServer" -}}
{{- if or (eq .Values.certificates.mode "self-managed") (eq .Values.nativeSidecars "auto") (include "outrigger.readsNamespaces" .) }}true{{ end -}}
{{- end }}

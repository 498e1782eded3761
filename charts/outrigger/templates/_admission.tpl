{{/* The parts of the webhook's registration. */}}

{{/* The authority in base64; nothing where somebody else writes it. */}}
{{- define "outrigger.caBundle" -}}
{{- with .Values.certificates.provided.caBundle -}}
{{- if contains "-----BEGIN" . }}{{ b64enc . }}{{ else }}{{ regexReplaceAll "\\s" . "" }}{{ end -}}
{{- end -}}
{{- end }}

{{/* What all entries share. Takes the root, and adds name, operations and failurePolicy by itself: see the template that includes it. */}}
{{- define "outrigger.entry" -}}
admissionReviewVersions: [v1]
clientConfig:
  service:
    namespace: {{ .Release.Namespace | quote }}
    name: {{ include "outrigger.fullname" . }}
    path: /mutate
    port: 443
  {{- if eq .Values.certificates.mode "provided" }}
  caBundle: {{ include "outrigger.caBundle" . }}
  {{- end }}
sideEffects: None
reinvocationPolicy: IfNeeded
matchPolicy: Equivalent
timeoutSeconds: {{ int .Values.admission.timeoutSeconds }}
{{- end }}

{{/*
Which namespaces an entry is for: (list ROOT SELECTOR REQUIREMENT...). The selector of its own and admission.namespaceSelector must both
hold, and so must the requirements. Where namespaces carry their names, the ones that the cluster and the webhook need to start are left out.
*/}}
{{- define "outrigger.namespaceSelector" -}}
{{- $root := first . -}}
{{- $own := index . 1 -}}
{{- $shared := $root.Values.admission.namespaceSelector -}}
{{- $expressions := slice . 2 -}}
{{- if include "outrigger.namespacesAreLabelled" $root -}}
{{- $without := concat (list "kube-system" "kube-node-lease" $root.Release.Namespace) $root.Values.admission.excludedNamespaces | uniq -}}
{{- $expressions = prepend $expressions (dict "key" "kubernetes.io/metadata.name" "operator" "NotIn" "values" $without) -}}
{{- end -}}
{{- range list $own $shared -}}
{{- range $key, $value := .matchLabels -}}
{{- $expressions = append $expressions (dict "key" $key "operator" "In" "values" (list $value)) -}}
{{- end -}}
{{- $expressions = concat $expressions (.matchExpressions | default list) -}}
{{- end -}}
{{ dict "matchExpressions" $expressions | toYaml }}
{{- end }}

{{/*
CEL that is true for a Pod that asks for something. The status is left out: the webhook writes it into Pods that ask for nothing and are
bound, and a review must not change the entry that calls for the next one.
*/}}
{{- define "outrigger.asks" -}}
has(object.metadata.annotations) && object.metadata.annotations.exists(k, k.startsWith('outrigger.dev/') && k != 'outrigger.dev/status')
{{- end }}

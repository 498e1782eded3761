{{/* The names, labels and the image that all objects share. */}}

{{- define "outrigger.name" -}}
{{ .Values.nameOverride | default .Chart.Name | trunc 50 | trimSuffix "-" }}
{{- end }}

{{/* 50 characters at most: the longest suffix and the limit of a Service's name, 63, are kept. */}}
{{- define "outrigger.fullname" -}}
{{- $name := .Values.nameOverride | default .Chart.Name -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{ .Values.fullnameOverride | default $full | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "outrigger.serviceAccountName" -}}
{{ .Values.serviceAccount.name | default (include "outrigger.fullname" .) }}
{{- end }}

{{- define "outrigger.image" -}}
{{- with .Values.image -}}
{{ .repository }}
{{- if or .tag (not .digest) }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- with .digest }}@{{ . }}{{ end }}
{{- end -}}
{{- end }}

{{/* The Secret with the serving certificate. */}}
{{- define "outrigger.tlsSecret" -}}
{{- if eq .Values.certificates.mode "provided" -}}
{{ .Values.certificates.provided.secretName }}
{{- else -}}
{{ include "outrigger.fullname" . }}-tls
{{- end -}}
{{- end }}

{{- define "outrigger.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "outrigger.instanceLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "outrigger.instanceLabels" -}}
app.kubernetes.io/name: {{ include "outrigger.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* With the component: the Pod of `helm test` is none of the Service's endpoints. */}}
{{- define "outrigger.selectorLabels" -}}
{{ include "outrigger.instanceLabels" . }}
app.kubernetes.io/component: webhook
{{- end }}

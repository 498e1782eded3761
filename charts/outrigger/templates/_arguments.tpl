{{/*
The webhook's command line without extraArgs, as a YAML list. The kubelet puts variables in the place of $(NAME) and reads $$ as $, so that what comes from
values is written with $$.
*/}}
{{- define "outrigger.arguments" -}}
{{- $name := include "outrigger.fullname" . -}}
{{- $arguments := list (printf "--port=%d" (int .Values.ports.https)) (printf "--ops-port=%d" (int .Values.ports.ops)) -}}
{{- if eq .Values.certificates.mode "self-managed" -}}
{{- $arguments = concat $arguments (list "--certificates=self-managed" "--namespace=$(POD_NAMESPACE)"
      (printf "--tls-secret=%s" (include "outrigger.tlsSecret" .)) (printf "--service=%s" $name) (printf "--webhook-configuration=%s" $name)
      (printf "--certificate-lifetime=%s" .Values.certificates.selfManaged.duration) (printf "--ca-lifetime=%s" .Values.certificates.selfManaged.caDuration)) -}}
{{- else -}}
{{- $arguments = concat $arguments (list "--tls-cert=/certificate/tls.crt" "--tls-key=/certificate/tls.key") -}}
{{- end -}}
{{- if .Values.clientAuthentication.ca -}}
{{- $arguments = append $arguments "--client-ca=/client-ca/ca.crt" -}}
{{- range .Values.clientAuthentication.names -}}
{{- $arguments = append $arguments (printf "--client-name=%s" (replace "$" "$$" .)) -}}
{{- end -}}
{{- end -}}
{{- $arguments = concat $arguments (list (printf "--builtin-patterns=%t" .Values.builtinPatterns) "--catalog=/catalog/values") -}}
{{- range .Values.catalog.configMaps -}}
{{- $arguments = append $arguments (printf "--catalog=/catalog/%s" .) -}}
{{- end -}}
{{- range $pattern, $parameters := .Values.defaults -}}
{{- range $parameter, $value := $parameters -}}
{{- $text := ternary $value (toJson $value) (kindIs "string" $value) -}}
{{- $arguments = append $arguments (printf "--default=%s.%s=%s" $pattern $parameter (replace "$" "$$" $text)) -}}
{{- end -}}
{{- end -}}
{{- with .Values.imageRegistry -}}
{{- $arguments = append $arguments (printf "--image-registry=%s" .) -}}
{{- end -}}
{{- $arguments = concat $arguments (list (printf "--native-sidecars=%s" .Values.nativeSidecars) (printf "--max-concurrency=%d" (int .Values.maxConcurrency))
      (printf "--drain=%ds" (int .Values.drainSeconds)) (printf "--log-level=%s" .Values.logLevel)) -}}
{{ toYaml $arguments }}
{{- end }}

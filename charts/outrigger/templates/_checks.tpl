{{/* What values.schema.json cannot say: values that contradict each other or the cluster. All that is wrong is told at once. */}}
{{- define "outrigger.checks" -}}
{{- $mistakes := concat (include "outrigger.checks.certificates" . | fromYamlArray) (include "outrigger.checks.admission" . | fromYamlArray)
      (include "outrigger.checks.server" . | fromYamlArray) -}}
{{- if $mistakes -}}
{{- fail (printf "\n%s" (join "\n" $mistakes)) -}}
{{- end -}}
{{- end }}

{{- define "outrigger.checks.certificates" -}}
{{- $mistakes := list -}}
{{- $mode := .Values.certificates.mode -}}
{{- $provided := .Values.certificates.provided -}}
{{- if eq $mode "provided" -}}
{{- if not $provided.secretName -}}
{{- $mistakes = append $mistakes "certificates.provided.secretName is missing: with certificates.mode provided it names the kubernetes.io/tls Secret to serve with" -}}
{{- end -}}
{{- if not $provided.caBundle -}}
{{- $mistakes = append $mistakes "certificates.provided.caBundle is missing: with certificates.mode provided it is the authority that the API server trusts, in PEM or base64 of it" -}}
{{- else if not (contains "-----BEGIN CERTIFICATE-----" (include "outrigger.caBundle" . | b64dec)) -}}
{{- $mistakes = append $mistakes "certificates.provided.caBundle holds no certificate: it must be PEM, with -----BEGIN CERTIFICATE-----, or base64 of it" -}}
{{- end -}}
{{- else -}}
{{- range $field, $value := $provided -}}
{{- if $value -}}
{{- $mistakes = append $mistakes (printf "certificates.provided.%s is set, but certificates.mode is %s: set the mode to provided, or leave the value out" $field $mode) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and .Values.certificates.certManager.issuerRef (ne $mode "cert-manager") -}}
{{- $mistakes = append $mistakes (printf "certificates.certManager.issuerRef is set, but certificates.mode is %s: set the mode to cert-manager, or leave the value out" $mode) -}}
{{- end -}}
{{- with .Values.clientAuthentication -}}
{{- if and .ca (not (contains "-----BEGIN CERTIFICATE-----" .ca)) -}}
{{- $mistakes = append $mistakes "clientAuthentication.ca holds no certificate: it must be PEM, with -----BEGIN CERTIFICATE-----" -}}
{{- end -}}
{{- range .names -}}
{{- if hasPrefix "CN=" . -}}
{{- $mistakes = append $mistakes (printf "clientAuthentication.names has %s: a common name stands there without CN=" .) -}}
{{- end -}}
{{- end -}}
{{- if and .names (not .ca) -}}
{{- $mistakes = append $mistakes "clientAuthentication.names is set without clientAuthentication.ca: names are only believed of certificates of an authority" -}}
{{- end -}}
{{- end -}}
{{ toYaml $mistakes }}
{{- end }}

{{- define "outrigger.checks.admission" -}}
{{- $mistakes := list -}}
{{- $version := .Capabilities.KubeVersion.Version -}}
{{- $auto := .Values.admission.autoInjection -}}
{{- if and $auto.namespaceSelector (not $auto.enabled) -}}
{{- $mistakes = append $mistakes "admission.autoInjection.namespaceSelector is set, but admission.autoInjection.enabled is false" -}}
{{- end -}}
{{- if not (include "outrigger.namespacesAreLabelled" .) -}}
{{- if .Values.admission.excludedNamespaces -}}
{{- $mistakes = append $mistakes (printf "admission.excludedNamespaces is set, but namespaces do not carry their names as a label in Kubernetes %s (1.21 and later): label them outrigger.dev/injection=disabled" $version) -}}
{{- end -}}
{{- $chooses := list -}}
{{- range $auto.namespaceSelector.matchExpressions -}}
{{- if has .operator (list "In" "Exists") }}{{ $chooses = append $chooses .key }}{{ end -}}
{{- end -}}
{{- if and $auto.enabled (not (or $auto.namespaceSelector.matchLabels $chooses)) -}}
{{- $mistakes = append $mistakes (printf "admission.autoInjection.namespaceSelector would take kube-system and the webhook's own namespace, which carry no label in Kubernetes %s: it must have matchLabels, or matchExpressions with In or Exists" $version) -}}
{{- end -}}
{{- end -}}
{{- if and (eq .Values.nativeSidecars "always") (not (semverCompare ">=1.28.0-0" $version)) -}}
{{- $mistakes = append $mistakes (printf "nativeSidecars is always, but Kubernetes %s does not know native sidecars: a Pod that got one would never start" $version) -}}
{{- end -}}
{{ toYaml $mistakes }}
{{- end }}

{{- define "outrigger.checks.server" -}}
{{- $mistakes := list -}}
{{- if eq (int .Values.ports.https) (int .Values.ports.ops) -}}
{{- $mistakes = append $mistakes (printf "ports.https and ports.ops are both %d; they must differ" (int .Values.ports.ops)) -}}
{{- end -}}
{{- if le (int .Values.terminationGracePeriodSeconds) (int .Values.drainSeconds) -}}
{{- $mistakes = append $mistakes (printf "terminationGracePeriodSeconds is %d, which does not outlast drainSeconds, %d: the server would be killed while it drains" (int .Values.terminationGracePeriodSeconds) (int .Values.drainSeconds)) -}}
{{- end -}}
{{- if not (or .Values.serviceAccount.create .Values.serviceAccount.name) -}}
{{- $mistakes = append $mistakes "serviceAccount.name is missing: with serviceAccount.create false it names an account that is there" -}}
{{- end -}}
{{- $flags := dict -}}
{{- range include "outrigger.arguments" . | fromYamlArray -}}
{{- $_ := set $flags (splitList "=" . | first) true -}}
{{- end -}}
{{- range .Values.extraArgs -}}
{{- $flag := splitList "=" . | first -}}
{{- if and (hasKey $flags $flag) (not (has $flag (list "--catalog" "--default"))) -}}
{{- $mistakes = append $mistakes (printf "extraArgs has %s, which the chart sets itself: it has a value of its own" $flag) -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraEnv -}}
{{- $flag := .name | trimPrefix "OUTRIGGER_" | lower | replace "_" "-" | printf "--%s" -}}
{{- if or (eq .name "POD_NAMESPACE") (and (hasPrefix "OUTRIGGER_" .name) (hasKey $flags $flag)) -}}
{{- $mistakes = append $mistakes (printf "extraEnv has %s, which the chart sets itself" .name) -}}
{{- end -}}
{{- end -}}
{{ toYaml $mistakes }}
{{- end }}

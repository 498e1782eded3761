# Everything that is done with this project. Needs make, a POSIX shell and the .NET SDK; `make e2e` also kubectl and a cluster, `make chart` helm.
# Steps share build outputs, so they run one after another; each uses all processors by itself.
.NOTPARALLEL:
.DEFAULT_GOAL := help

CONFIGURATION ?= Release
# Published programs run where they are built; RID=linux-arm64 publishes for another machine.
machine := $(shell uname -s) $(shell uname -m)
RID ?= $(if $(filter Darwin,$(machine)),osx,linux)-$(if $(filter aarch64 arm64,$(machine)),arm64,x64)
PORT ?= 8443
OPS_PORT ?= 8080

export CONFIGURATION
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

dotnet_publish = dotnet publish --configuration $(CONFIGURATION) --runtime $(RID) --nologo --verbosity quiet

.PHONY: help
help: ## lists these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' Makefile

.PHONY: restore
restore: ## fetches the packages, exactly those of the lock files
	@dotnet restore Webhook.sln --locked-mode --verbosity quiet

.PHONY: build
build: restore ## compiles everything; warnings are errors
	@dotnet build Webhook.sln --no-restore --configuration $(CONFIGURATION) --nologo --verbosity quiet

.PHONY: test
test: build ## runs all tests that need no cluster
	@tests/run

.PHONY: format
format: restore ## puts the code into the project's format
	@dotnet format Webhook.sln --no-restore

.PHONY: format-check
format-check: restore ## fails where `make format` would change something
	@dotnet format Webhook.sln --no-restore --verify-no-changes

.PHONY: publish
publish: publish-cli publish-webhook ## leaves artifacts/outrigger (the command line) and artifacts/webhook/ (the server)

.PHONY: publish-cli
publish-cli: restore
	@rm -rf artifacts/outrigger artifacts/cli
	@$(dotnet_publish) src/Outrigger.Cli --output artifacts/cli
	@mv artifacts/cli/outrigger artifacts/outrigger && rm -rf artifacts/cli
	@echo artifacts/outrigger

.PHONY: publish-webhook
publish-webhook: restore
	@rm -rf artifacts/webhook
	@$(dotnet_publish) src/Outrigger.Webhook --output artifacts/webhook
	@echo artifacts/webhook/Outrigger.Webhook

.PHONY: image
image: restore ## leaves artifacts/image/: what the Dockerfile's image holds, with the .NET runtime that is in its base image
	@rm -rf artifacts/image
	@$(dotnet_publish) src/Outrigger.Webhook --self-contained --output artifacts/image/app
	@echo artifacts/image/app

.PHONY: dockerfile-check
dockerfile-check: ## checks that all that the Dockerfile copies is there after `make publish`
	@.ci/dockerfile-check

.PHONY: demo
demo: ## shows the main job: an annotated Pod, sent to the real webhook, gets its pattern
	@dotnet run --project examples/demo --configuration $(CONFIGURATION)

.PHONY: certs
certs: ## makes a development CA and a serving certificate in certs/
	@dotnet build src/Outrigger.Cli --configuration $(CONFIGURATION) --nologo --verbosity quiet
	@dotnet src/Outrigger.Cli/bin/$(CONFIGURATION)/net10.0/outrigger.dll certs --output certs

.PHONY: run
run: certs ## runs the webhook until Ctrl-C; prints a request to try
	@dotnet build src/Outrigger.Webhook --configuration $(CONFIGURATION) --nologo --verbosity quiet
	@echo
	@echo "Try, in another terminal:"
	@echo "  curl --cacert certs/ca.crt -H 'Content-Type: application/json' --data @examples/review.json https://localhost:$(PORT)/mutate"
	@echo "  curl 'http://localhost:$(OPS_PORT)/readyz?verbose'"
	@echo
	@exec dotnet src/Outrigger.Webhook/bin/$(CONFIGURATION)/net10.0/Outrigger.Webhook.dll \
		--port $(PORT) --ops-port $(OPS_PORT) --tls-cert certs/tls.crt --tls-key certs/tls.key

.PHONY: e2e
e2e: ## tests the published programs on the cluster of KUBECONFIG
	@if [ -z "$$KUBECONFIG" ]; then echo "make e2e: set KUBECONFIG to the kubeconfig of a cluster that may be tested on" >&2; exit 2; fi
	@$(MAKE) publish image
	@dotnet build tests/e2e --configuration $(CONFIGURATION) --nologo --verbosity quiet
	@tests/run tests/e2e

.PHONY: chart
chart: ## renders the Helm chart in many ways, and checks what comes of it; needs helm
	@dotnet build tests/Outrigger.Chart.Tests --configuration $(CONFIGURATION) --nologo --verbosity quiet
	@OUTRIGGER_CHART_TESTS=1 tests/run tests/Outrigger.Chart.Tests

.PHONY: bench
bench: publish-webhook ## measures the webhook's CPU, memory and start; STRICT=1 fails where an aim is missed
	@rm -rf artifacts/bench
	@$(dotnet_publish) tests/bench --output artifacts/bench
	@artifacts/bench/Outrigger.Bench artifacts/webhook/Outrigger.Webhook $(if $(STRICT),--strict)

# Where the command line is built for the targets below.
outrigger := dotnet src/Outrigger.Cli/bin/$(CONFIGURATION)/net10.0/outrigger.dll

.PHONY: build-cli
build-cli:
	@dotnet build src/Outrigger.Cli --configuration $(CONFIGURATION) --nologo --verbosity quiet

.PHONY: docs
docs: build-cli ## writes docs/patterns, a page for each built-in pattern
	@$(outrigger) docs patterns --output docs/patterns

.PHONY: compat
compat: build-cli ## holds the patterns to their last released state
	@OUTRIGGER="$(outrigger)" .ci/released-catalog check

.PHONY: release-catalog
release-catalog: build-cli ## makes the patterns the released state, unless they break it
	@OUTRIGGER="$(outrigger)" .ci/released-catalog release

.PHONY: clean
clean: ## removes all that was built
	@rm -rf artifacts
	@find src tests examples -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +

using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Outrigger.Kubernetes.Api;

/// <summary>How often and when not: the pipelines that requests run through. They share one circuit.</summary>
internal sealed class ApiResilience
{
    public ApiResilience(KubernetesApiOptions options, TimeProvider time)
    {
        Once = new ResiliencePipelineBuilder { TimeProvider = time, Name = "kubernetes-once" }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // 429 is an answer, and a sign that the server can still count.
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception
                    is KubernetesApiException { IsTransient: true, Status: not HttpStatusCode.TooManyRequests }),
                FailureRatio = 0.9,
                MinimumThroughput = options.BreakAfter,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = options.BreakDuration,
            })
            .Build();
        Retrying = options.MaxRetries == 0 ? Once : new ResiliencePipelineBuilder { TimeProvider = time, Name = "kubernetes-retrying" }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is KubernetesApiException { IsTransient: true, RetryAfter: var wait }
                    && !(wait > options.MaxRetryDelay)),
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as KubernetesApiException)?.RetryAfter),
                MaxRetryAttempts = options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
            })
            .AddPipeline(Once)
            .Build();
    }

    /// <summary>For requests that may be sent again: all but watches. A write whose answer was lost is answered 409 the second time, or does the same.</summary>
    public ResiliencePipeline Retrying { get; }

    /// <summary>For a watch, whose caller knows where to go on and how long it has waited already.</summary>
    public ResiliencePipeline Once { get; }
}

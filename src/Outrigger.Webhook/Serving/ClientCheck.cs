using Outrigger.Webhook.Admission;

namespace Outrigger.Webhook.Serving;

/// <summary>Stands in front of all that the HTTPS port serves: without the right certificate a caller learns nothing but why.</summary>
internal static class ClientCheck
{
    /// <summary>Lets through whom the authorities know.</summary>
    /// <param name="next">What is behind it.</param>
    /// <param name="trails">Hears of refusals.</param>
    /// <param name="time">The clock.</param>
    public static RequestDelegate Before(RequestDelegate next, ReviewTrails trails, TimeProvider time) => context =>
    {
        // Without the feature, the connection was made without asking for a certificate.
        var caller = context.Features.Get<CallerCertificate>();
        var refusal = caller is null ? Refusal.NoClientCertificate : caller.RefusalAt(time.GetUtcNow());
        if (refusal is null)
            return next(context);
        trails.TurnedAway(refusal);
        return refusal.WriteAsync(context.Response);
    };
}

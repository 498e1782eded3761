using Microsoft.AspNetCore.Connections;

namespace Outrigger.Webhook.Admission;

/// <summary>Receives the body of a request, within bounds of size and time.</summary>
internal static class RequestBody
{
    /// <summary>The API server takes no larger request itself.</summary>
    public const int MaxBytes = 3 * 1024 * 1024;

    /// <summary>Most bodies are shorter. What is announced and has not come takes no memory.</summary>
    private const int FirstCapacity = 16 * 1024;

    /// <summary>How much to rent at first.</summary>
    public static int Capacity(HttpRequest request) => (int)Math.Clamp(request.ContentLength ?? FirstCapacity, 1, FirstCapacity);

    /// <summary>What speaks against a body before any of it is received, or null.</summary>
    public static Refusal? Unreceived(HttpRequest request) =>
        !IsJson(request.ContentType) ? Refusal.ContentType
            : request.ContentLength > MaxBytes ? Refusal.TooLarge
            : null;

    /// <summary>Receives the whole body, or says why not.</summary>
    /// <param name="request">Whose body.</param>
    /// <param name="into">Where to.</param>
    /// <param name="place">Sets the memory aside for what has come.</param>
    /// <param name="limit">How long it may take.</param>
    /// <exception cref="IOException">The caller has gone.</exception>
    public static async ValueTask<Refusal?> ReceiveAsync(HttpRequest request, PooledBuffer into, ReviewGate.Place place, TimeSpan limit)
    {
        var reader = request.BodyReader;
        CancellationTokenSource? deadline = null;
        try
        {
            while (true)
            {
                if (!reader.TryRead(out var read))
                {
                    // Most bodies are here already, or come at once; only waiting needs a clock.
                    deadline ??= new CancellationTokenSource(limit);
                    read = await reader.ReadAsync(deadline.Token);
                }

                var length = into.Count + read.Buffer.Length;
                var refusal = length > MaxBytes ? Refusal.TooLarge : !place.TryHold(length) ? Refusal.Overloaded : null;
                if (refusal is null)
                {
                    _ = into.GetMemory((int)read.Buffer.Length);
                    foreach (var part in read.Buffer)
                    {
                        part.Span.CopyTo(into.GetSpan(part.Length));
                        into.Advance(part.Length);
                    }
                }

                reader.AdvanceTo(read.Buffer.End);
                if (refusal is not null || read.IsCompleted)
                    return refusal;
            }
        }
        catch (OperationCanceledException) when (deadline is { IsCancellationRequested: true })
        {
            return Refusal.TooSlow;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status408RequestTimeout ? Refusal.TooSlow : Refusal.Broken;
        }
        catch (IOException e) when (e is not ConnectionResetException)
        {
            // How Kestrel takes a chunk's size of 2 GiB and more.
            return Refusal.Broken;
        }
        finally
        {
            deadline?.Dispose();
        }
    }

    /// <summary><c>application/json</c>, with parameters or without.</summary>
    private static bool IsJson(string? contentType)
    {
        const string json = "application/json";
        return contentType is not null && contentType.StartsWith(json, StringComparison.OrdinalIgnoreCase)
            && (contentType.Length == json.Length || contentType[json.Length] is ';' or ' ');
    }
}

using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;
using Outrigger.Core.Patching;
using Outrigger.Core.Results;
using Outrigger.Core.Selection;

namespace Outrigger.Core.Admission;

/// <summary>
/// AdmissionReview on the wire
/// (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#webhook-request-and-response). Members that
/// nobody here knows pass; a member that is there twice is refused, since two readers could see two Pods.
/// </summary>
public static class AdmissionReview
{
    /// <summary>The one version that is served.</summary>
    public const string ApiVersion = "admission.k8s.io/v1";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };
    private static readonly JsonDocumentOptions Lenient = Strict with { AllowDuplicateProperties = true };

    private static readonly JsonWriterOptions PatchStyle =
        new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Each thread's own room for the patch that it encodes: the answer is written at one go.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _patchBuffer;

    /// <summary>Reads a review.</summary>
    /// <param name="body">UTF-8; it must stay as it is until the document is disposed of.</param>
    /// <param name="document">Holds the request's elements; the caller disposes of it once the answer is written. Null where it could not be read.</param>
    public static Result<AdmissionRequest> Read(ReadOnlyMemory<byte> body, out JsonDocument? document)
    {
        document = null;
        ImmutableArray<LongVariableList> longLists;
        // The JSON reader would take broken bytes in strings for what they are not until somebody reads that string.
        if (!Utf8.IsValid(body.Span))
            return Fail("", "the body is not UTF-8");
        if (JsonSurrogates.HasLoneOne(body.Span))
            return Fail("", "the body holds half of a character: a \\u escape of a surrogate without the other one");
        try
        {
            document = Parse(ReviewBody.Shorten(body, Strict.MaxDepth, out longLists));
        }
        catch (JsonException e)
        {
            return Fail("", $"the body is no AdmissionReview: {Shown.Cut(e.Message, 500)}");
        }

        var result = Read(document.RootElement, longLists);
        if (!result.IsOk)
        {
            document.Dispose();
            document = null;
        }

        return result;
    }

    /// <summary>Writes the answer to a review.</summary>
    public static void Write(IBufferWriter<byte> output, string uid, Decision decision)
    {
        using var writer = new Utf8JsonWriter(output, new() { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString("apiVersion"u8, ApiVersion);
        writer.WriteString("kind"u8, "AdmissionReview"u8);
        writer.WriteStartObject("response"u8);
        writer.WriteString("uid"u8, uid);
        writer.WriteBoolean("allowed"u8, decision is not Decision.Reject);
        switch (decision)
        {
            case Decision.Inject inject:
                WritePatch(writer, inject.Patch);
                break;
            case Decision.Reject reject:
                writer.WriteStartObject("status"u8);
                writer.WriteNumber("code"u8, 400);
                writer.WriteString("reason"u8, "BadRequest"u8);
                writer.WriteString("message"u8, reject.Message);
                writer.WriteEndObject();
                break;
            case Decision.Skip:
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        if (!decision.Warnings.IsEmpty)
        {
            writer.WriteStartArray("warnings"u8);
            foreach (var warning in decision.Warnings)
                writer.WriteStringValue(warning);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Parses a body in which no member is there twice.</summary>
    /// <exception cref="JsonException">One is, or the body is no JSON.</exception>
    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        var document = JsonDocument.Parse(body, Lenient);
        if (!RepeatedNames.MayBeIn(document.RootElement))
            return document;
        document.Dispose();
        return JsonDocument.Parse(body, Strict);
    }

    private static void WritePatch(Utf8JsonWriter writer, ImmutableArray<PatchOperation> patch)
    {
        var buffer = _patchBuffer ??= new(16 * 1024);
        using (var inner = new Utf8JsonWriter(buffer, PatchStyle))
            JsonPatch.WriteCompact(inner, patch);
        writer.WriteString("patchType"u8, "JSONPatch"u8);
        writer.WriteBase64String("patch"u8, buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        // A patch is a few KiB; the rare one with large files does not keep its room.
        if (buffer.Capacity > 64 * 1024)
            _patchBuffer = null;
    }

    private static Result<AdmissionRequest> Read(JsonElement root, ImmutableArray<LongVariableList> longLists)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return Fail("", "the body must be an object");
        if (Text(root, "apiVersion"u8) is var version && version != ApiVersion)
            return Fail("apiVersion", $"is {Shown.Quoted(version)}; allowed is {ApiVersion}");
        if (Text(root, "kind"u8) is var kind && kind != "AdmissionReview")
            return Fail("kind", $"is {Shown.Quoted(kind)}; allowed is AdmissionReview");
        if (!root.TryGetProperty("request"u8, out var request) || request.ValueKind != JsonValueKind.Object)
            return Fail("request", "is missing");
        var problems = new List<Problem>();
        var (uid, operation) = (Text(request, "uid"u8), Text(request, "operation"u8));
        if (uid.Length == 0)
            problems.Add(Problem.Of("request.uid", "is missing"));
        if (operation.Length == 0)
            problems.Add(Problem.Of("request.operation", "is missing"));

        // The API server's have 36; an answer repeats it.
        if (uid.Length > 256)
            problems.Add(Problem.Of("request.uid", "is longer than 256 characters"));
        if (!request.TryGetProperty("kind"u8, out var objectKind) || Text(objectKind, "kind"u8).Length == 0)
            problems.Add(Problem.Of("request.kind", "is missing"));
        request.TryGetProperty("object"u8, out var subject);
        if (subject.ValueKind != JsonValueKind.Object && operation is "CREATE" or "UPDATE")
            problems.Add(Problem.Of("request.object", "is missing"));
        request.TryGetProperty("oldObject"u8, out var old);
        if (old.ValueKind != JsonValueKind.Object && operation == "UPDATE")
            problems.Add(Problem.Of("request.oldObject", "is missing"));
        return Result.Of(() => new AdmissionRequest
        {
            Uid = uid,
            Operation = operation,
            Kind = Text(objectKind, "kind"u8),
            Group = Text(objectKind, "group"u8),
            SubResource = Text(request, "subResource"u8),
            Namespace = Text(request, "namespace"u8),
            DryRun = request.TryGetProperty("dryRun"u8, out var dryRun) && dryRun.ValueKind == JsonValueKind.True,
            Object = subject,
            LongLists = longLists,
            OldObject = old,
        }, problems);
    }

    private static string Text(JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    private static Result<AdmissionRequest> Fail(string subject, string message) => Result.Fail<AdmissionRequest>(Problem.Of(subject, message));
}

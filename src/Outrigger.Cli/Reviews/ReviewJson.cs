using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Outrigger.Cli.Output;
using Outrigger.Core.Admission;
using Outrigger.Core.Catalog;
using Outrigger.Core.Composition;

namespace Outrigger.Cli.Reviews;

/// <summary>Explains reviews to a program: an array with an object for each Pod. Lists are there even where they are empty.</summary>
internal static class ReviewJson
{
    public static void Write(TextWriter output, ImmutableArray<PodReview> reviews) =>
        output.Write(Json.Pretty(writer => WriteArray(writer, reviews, review => Write(writer, review))) + "\n");

    private static void Write(Utf8JsonWriter writer, PodReview review)
    {
        var (template, explanation) = (review.Pod.Template, review.Decision.Explanation);
        writer.WriteStartObject();
        writer.WriteString("file"u8, review.Pod.Location.File);
        writer.WriteNumber("line"u8, review.Pod.Location.Line);
        writer.WriteString("kind"u8, template.Kind);
        writer.WriteString("namespace"u8, template.Namespace);
        writer.WriteString("name"u8, template.Name);
        writer.WriteString("podTemplate"u8, template.Pointer);
        writer.WriteString("decision"u8, review.Decision switch
        {
            Decision.Inject => "inject",
            Decision.Skip => "skip",
            Decision.Reject => "reject",
            _ => throw new UnreachableException(),
        });
        writer.WriteString("reason"u8, (review.Decision as Decision.Skip)?.Reason.Name());
        writer.WriteString("application"u8, explanation.Application);
        WriteArray(writer, "uses", explanation.Uses, use => Write(writer, use, (review.Decision as Decision.Inject)?.Plan));
        WriteArray(writer, "skipped", explanation.Skipped, skipped =>
        {
            writer.WriteStartObject();
            writer.WriteString("instance"u8, skipped.Instance);
            writer.WriteString("askedBy"u8, skipped.AskedBy);
            writer.WriteString("reason"u8, skipped.Reason);
            writer.WriteBoolean("isMistake"u8, skipped.IsMistake);
            writer.WriteEndObject();
        });
        WriteArray(writer, "warnings", ReviewMessages.Warnings(review).Concat(AnnotationAdvice.Of(review.Pod.Manifest)), writer.WriteStringValue);
        WriteArray(writer, "mistakes", ReviewMessages.Mistakes(review), mistake =>
        {
            writer.WriteStartObject();
            writer.WriteString("file"u8, mistake.Location?.File);
            writer.WriteNumber("line"u8, mistake.Location?.Line ?? 0);
            writer.WriteString("subject"u8, mistake.Subject);
            writer.WriteString("message"u8, mistake.Message);
            writer.WriteEndObject();
        });
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, BoundUse bound, Plan? plan)
    {
        var (use, pattern) = (bound.Use, bound.Use.Pattern);
        writer.WriteStartObject();
        writer.WriteString("instance"u8, use.Instance);
        writer.WriteString("pattern"u8, pattern.Name);
        writer.WriteString("version"u8, pattern.Version.ToString());
        writer.WriteString("revision"u8, pattern.Revision);
        writer.WriteString("role"u8, pattern.Role.Name());
        writer.WriteString("annotation"u8, use.AskedBy);
        WriteArray(writer, "bindings", use.Bindings, binding => writer.WriteStringValue(binding.Title));
        WriteArray(writer, "parameters", bound.Parameters, parameter =>
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, parameter.Name);
            writer.WritePropertyName("value"u8);
            if (parameter.Value is { } value)
                value.WriteTo(writer);
            else
                writer.WriteNullValue();
            writer.WriteString("origin"u8, parameter.Origin?.ToString());
            writer.WriteEndObject();
        });
        if (plan?.Uses.FirstOrDefault(planned => planned.Bound.Use.Instance == use.Instance) is { } planned)
            Write(writer, planned.Owns);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Ownership owns)
    {
        writer.WriteStartObject("adds"u8);
        WriteArray(writer, "containers", owns.Containers, writer.WriteStringValue);
        WriteArray(writer, "initContainers", owns.InitContainers, writer.WriteStringValue);
        WriteArray(writer, "volumes", owns.Volumes, writer.WriteStringValue);
        WriteArray(writer, "files", owns.Files, writer.WriteStringValue);
        WriteArray(writer, "env", owns.Env, writer.WriteStringValue);
        WriteArray(writer, "envFrom", owns.EnvFrom, writer.WriteStringValue);
        WriteArray(writer, "mounts", owns.Mounts, writer.WriteStringValue);
        WriteArray(writer, "labels", owns.Labels, writer.WriteStringValue);
        WriteArray(writer, "annotations", owns.Annotations, writer.WriteStringValue);
        writer.WriteBoolean("shareProcessNamespace"u8, owns.ShareProcessNamespace);
        writer.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WritePropertyName(name);
        WriteArray(writer, items, write);
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray();
        foreach (var item in items)
            write(item);
        writer.WriteEndArray();
    }
}

using System.Text;
using System.Text.Json;
using Outrigger.Demo;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
using var folder = new TemporaryFolder();
try
{
    var certificates = DemoCertificates.Make(folder.Path);
    await using var webhook = await WebhookProcess.StartAsync(WebhookProcess.FindProgram(args), certificates, patience.Token);
    try
    {
        var pod = DemoPod.Read(Path.Combine(AppContext.BaseDirectory, "pod.yaml"));
        DemoOutput.Title($"The webhook listens on {webhook.Address}");
        Console.WriteLine("A development certificate, made a moment ago; the built-in catalog.");
        DemoOutput.Title("A Pod asks, by its annotations");
        DemoOutput.WriteAnnotations(pod);

        var answer = await AdmissionCall.PostAsync(webhook.Address, certificates.AuthorityPem, pod, patience.Token);
        DemoOutput.Title($"The API server's question, POST {answer.Request}, is answered in {answer.Duration.TotalMilliseconds:0} ms");
        DemoOutput.WriteDecision(answer);
        DemoOutput.Title($"The patch: {answer.Operations.Count} operations");
        DemoOutput.WritePatch(answer);
        DemoOutput.Title("The Pod, before and after");
        DemoOutput.WriteDiff(pod, answer);

        await webhook.StopAsync(patience.Token);
        DemoOutput.Title("The webhook has stopped");
        return 0;
    }
    catch (Exception e) when (e is DemoException or HttpRequestException or JsonException or OperationCanceledException)
    {
        throw new DemoException($"{e.Message}\n\nThe webhook's log:\n{webhook.Log}", e);
    }
}
catch (DemoException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
